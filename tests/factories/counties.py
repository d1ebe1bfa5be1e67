from datetime import date

from styrkedja.accounts.models import User
from styrkedja.organisations.models import Body, County, Group, Membership, Organisation, Placement, Seat
from tests.factories.accounts import MADE_AT, make_user

# Body key in the county (without its suffix) → the functions that have a seat there.
SEATS = {
    "region": ("REGISTRAR", "COORDINATOR", "HEAD_OF_OPERATIONS"),
    "kommun": ("HEAD_OF_OPERATIONS", "PRINCIPAL_REPRESENTATIVE"),
    "lpo": ("CHAIR", "PROCESS_LEADER"),
    "lansledning": ("CHAIR",),
}
TITLES = {
    "REGISTRAR": "Registrator",
    "COORDINATOR": "Samordnare för kunskapsstyrning",
    "HEAD_OF_OPERATIONS": "Verksamhetschef",
    "PRINCIPAL_REPRESENTATIVE": "Huvudmannens representant",
    "CHAIR": "Ordförande",
    "PROCESS_LEADER": "Processledare",
}


def make_county(key: str = "exempellan", *, name: str = "Exempellän") -> County:
    """A small county: region, municipality, programme group and county leadership, with seats. Body keys are "region-KEY", "kommun-KEY" …

    The region belongs to no county of its own, as when it has been loaded with the national data.
    """
    county = County.objects.create(key=key, name=name, code="22", functions=TITLES, content_hash="0" * 64, loaded_at=MADE_AT)
    region = Organisation.objects.create(key=f"region-{key}", name=f"Region {name}", short_name=f"Region {name}", kind="REGION")
    kommun = Organisation.objects.create(key=f"kommun-{key}", name="Ånge kommun", short_name="Ånge", kind="MUNICIPALITY", county=county)
    lpo = Group.objects.create(key=f"lpo-{key}", name="LPO Psykisk hälsa", kind="PROGRAMME_GROUP", level="LOCAL", county=county)
    leadership = Group.objects.create(
        key=f"lansledning-{key}", name="Länsledningen", kind="COUNTY_LEADERSHIP", level="LOCAL", county=county
    )
    Placement.objects.create(child=lpo, parent=region)
    bodies = {"region": region, "kommun": kommun, "lpo": lpo, "lansledning": leadership}
    for role, functions in SEATS.items():
        for function in functions:
            Seat.objects.create(body=bodies[role], function=function, title=TITLES[function])
    county.region, county.lists = region, {"principals": [region.key, kommun.key], "lpo": [lpo.key]}
    county.save()
    return county


def body(county: County, role: str) -> Body:
    """The body that plays `role` in a made county: region, kommun, lpo or lansledning."""
    return Body.objects.get(key=f"{role}-{county.key}")


def seat(county: County, role: str, function: str) -> Seat:
    return Seat.objects.get(body=body(county, role), function=function)


def hold(user: User, seat: Seat, *, valid_from: date | None = None, valid_until: date | None = None) -> Membership:
    """`user` holds `seat`: always, unless dates are given."""
    return Membership.objects.create(seat=seat, account=user, valid_from=valid_from, valid_until=valid_until)


def make_holder(county: County, role: str, function: str, *, username: str = "") -> User:
    """An account that holds that function in that body."""
    user = make_user(username or f"{function.lower()}-{role}-{county.key}", name=seat(county, role, function).title)
    hold(user, seat(county, role, function))
    return user
