"""Files that become a structure: first and second load, two counties at once, what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from styrkedja.core.organisations.county import GroupRow, LeadTimeRow
from styrkedja.core.organisations.county_files import signature
from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.models import LedgerEntry
from styrkedja.organisations.models import Body, BodyVersion, Counterpart, County, Group, LeadTime, Organisation, Placement, Seat
from styrkedja.organisations.selectors import county_signature, is_coordinator, works_in_county
from styrkedja.organisations.services import KeysTaken, compose_working_group, load_county, load_national
from tests.apps.organisations import files
from tests.apps.organisations.conftest import LOADED
from tests.factories.accounts import make_user
from tests.factories.counties import hold

LATER = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
Flush = Callable[[], list[LedgerEntry]]


def rows() -> dict[str, list[dict[str, object]]]:
    """Every row of the structure, to compare before and after."""
    models = (Organisation, Group, BodyVersion, Placement, Counterpart, Seat, County, LeadTime)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def writes(captured: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in captured if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def test_the_real_files_give_the_structure_that_they_describe(vasternorrland: County) -> None:
    assert vasternorrland.name == "Västernorrlands län"
    assert vasternorrland.region is not None
    assert vasternorrland.region.key == "region-vasternorrland"
    assert Organisation.objects.filter(kind="REGION").count() == 21
    assert Organisation.objects.filter(kind="HEALTHCARE_REGION").count() == 6
    assert Organisation.objects.filter(kind="MUNICIPALITY", county=vasternorrland).count() == 7
    assert Group.objects.filter(kind="PROGRAMME_GROUP", level="LOCAL", county=vasternorrland).count() == 16
    assert Group.objects.filter(kind="PROGRAMME_GROUP", level="NATIONAL", county=None).count() == 26
    assert Seat.objects.filter(county=vasternorrland).count() == len(files.vasternorrland().seats)
    assert LeadTime.objects.filter(county=vasternorrland).count() == len(files.vasternorrland().lead_times)


def test_what_is_loaded_first_has_always_been_there(vasternorrland: County) -> None:
    for model in (Body, Placement, Counterpart, Seat):
        assert set(model.objects.values_list("valid_until", flat=True)) == {None}
    assert set(Placement.objects.filter(child__county=vasternorrland).values_list("valid_from", flat=True)) == {None}
    assert BodyVersion.objects.count() == 0
    assert Group.objects.get(key="lpo-kirurgi").host.key == "region-vasternorrland"


def test_a_first_load_is_told_body_by_body_and_in_sums(structure: None) -> None:
    _county, changes = load_county(actor=None, values=files.vasternorrland(), at=LOADED)
    seats, times = len(files.vasternorrland().seats), len(files.vasternorrland().lead_times)
    assert changes[:2] == ["Nytt län: Västernorrlands län", "Ny: Regionfullmäktige i Västernorrland (regionfullmaktige-vasternorrland)"]
    assert changes[-2:] == [f"{seats} nya platser", f"{times} nya ledtider"]


def test_loading_the_same_files_again_writes_nothing(vasternorrland: County, flush_ledger: Flush) -> None:
    before, log = rows(), len(flush_ledger())
    with CaptureQueriesContext(connection) as captured:
        assert load_national(actor=None, national=files.national(), at=LATER) == []
        assert load_county(actor=None, values=files.vasternorrland(), at=LATER) == (vasternorrland, [])
    assert writes(captured) == []
    assert rows() == before
    assert len(flush_ledger()) == log


def test_a_load_that_changes_something_is_one_entry_in_the_log(vasternorrland: County, flush_ledger: Flush) -> None:
    log = len(flush_ledger())
    changed = files.with_group(files.vasternorrland(), "lpo-kirurgi", name="LPO kirurgi och urologi")
    load_county(actor=None, values=changed, at=LATER)
    entries = flush_ledger()[log:]
    assert [(entry.act, entry.object_id) for entry in entries] == [("county.loaded", "vasternorrland")]
    assert "LPO kirurgi och urologi" in entries[0].text.payload


def test_the_county_says_when_its_files_last_changed_it(vasternorrland: County) -> None:
    load_county(actor=None, values=files.vasternorrland(), at=LATER)
    vasternorrland.refresh_from_db()
    assert vasternorrland.loaded_at == LOADED
    earlier = vasternorrland.content_hash
    load_county(actor=None, values=replace(files.vasternorrland(), name="Västernorrland"), at=LATER)
    vasternorrland.refresh_from_db()
    assert vasternorrland.loaded_at == LATER
    assert vasternorrland.content_hash != earlier


def test_changed_lists_functions_and_days_are_told_as_the_county(vasternorrland: County) -> None:
    values = files.vasternorrland()
    changed = replace(values, closed_days=(date(2026, 5, 15),), functions={**values.functions, "NURSE": "Sjuksköterska"})
    county, changes = load_county(actor=None, values=changed, at=LATER)
    assert changes == ["Ändrat län: Västernorrlands län (funktioner, stängda dagar)"]
    assert county.closed_days == ["2026-05-15"]
    assert county.functions["NURSE"] == "Sjuksköterska"


def test_lead_times_follow_the_files(vasternorrland: County) -> None:
    values = files.vasternorrland()
    first, *rest = values.lead_times
    new = LeadTimeRow(first.routine, "99", 4, 2, 5, ("region-vasternorrland", "COORDINATOR"))
    times = (replace(first, working_days=3, remind_before=1), *rest[1:], new)
    changes = load_county(actor=None, values=replace(values, lead_times=times), at=LATER)[1]
    assert changes == [
        f"Ändrad ledtid: steg {first.step} i rutinen {first.routine}",
        "1 ny ledtid",
        f"Borttagen ledtid: steg {rest[0].step} i rutinen {first.routine}",
    ]
    assert LeadTime.objects.get(county=vasternorrland, step=first.step).working_days == 3
    assert LeadTime.objects.get(county=vasternorrland, step="99").escalate_to_body.key == "region-vasternorrland"
    assert not LeadTime.objects.filter(county=vasternorrland, step=rest[0].step).exists()


def test_two_counties_have_each_their_own_and_share_the_nation(vasternorrland: County, jamtland: County) -> None:
    assert jamtland.region.key == "region-jamtland-harjedalen"
    assert set(Body.objects.filter(county=jamtland, key="are")) == {Body.objects.get(key="are")}
    assert not Body.objects.filter(county=vasternorrland, key="are").exists()
    norra = Body.objects.get(key="sjukvardsregion-norra")
    below = set(Placement.objects.filter(parent=norra).values_list("child__key", flat=True))
    assert below == {"region-jamtland-harjedalen", "region-norrbotten", "region-vasterbotten", "region-vasternorrland"}
    assert Body.objects.filter(key="sverige").count() == 1
    before = rows()
    assert load_county(actor=None, values=files.vasternorrland(), at=LATER)[1] == []
    assert load_county(actor=None, values=files.jamtland(), at=LATER)[1] == []
    assert rows() == before


def test_both_counties_may_have_the_same_seat_in_a_body_that_they_share(structure: None) -> None:
    counties = []
    for values in (files.vasternorrland(), files.jamtland()):
        seat = replace(values.seats[0], body="npo-psykisk-halsa", function="MEMBER", title="Ledamot")
        counties.append((files.plus(values, seat), load_county(actor=None, values=files.plus(values, seat), at=LOADED)[0]))
    shared = Seat.objects.filter(body__key="npo-psykisk-halsa")
    assert {seat.county for seat in shared} == {county for _values, county in counties}
    for values, _county in counties:
        assert load_county(actor=None, values=values, at=LATER)[1] == []
    values, county = counties[0]
    changes = load_county(actor=None, values=files.vasternorrland(), at=LATER)[1]
    assert changes == ["Stängd plats: Ledamot, NPO psykisk hälsa"]
    assert [seat.county == county for seat in shared.filter(valid_until=None)] == [False]


@pytest.mark.parametrize("name", ["vasternorrland", "jamtland"])
def test_a_loaded_county_promises_routines_what_its_files_promise(name: str, vasternorrland: County, jamtland: County) -> None:
    values = getattr(files, name)()
    loaded, read = county_signature({"vasternorrland": vasternorrland, "jamtland": jamtland}[name]), signature(values, files.national())
    assert loaded.bodies.keys() == read.bodies.keys()
    assert (loaded.lists, loaded.functions, loaded.seats) == (read.lists, read.functions, read.seats)


def test_the_coordinator_of_the_region_coordinates_the_county(vasternorrland: County, jamtland: County) -> None:
    """The region is national data; its seats are nevertheless the county's."""
    coordinator = make_user("samordnare")
    hold(coordinator, Seat.objects.get(body__key="region-vasternorrland", function="COORDINATOR"))
    assert is_coordinator(coordinator, vasternorrland, on=date(2026, 9, 16))
    assert works_in_county(coordinator, vasternorrland, on=date(2026, 9, 16))
    assert not is_coordinator(coordinator, jamtland, on=date(2026, 9, 16))
    assert not works_in_county(coordinator, jamtland, on=date(2026, 9, 16))


def test_only_an_administrator_may_load_by_an_account(vasternorrland: County) -> None:
    before = rows()
    changed = files.with_group(files.vasternorrland(), "lpo-kirurgi", name="LPO knivar")
    for load in (
        lambda actor: load_county(actor=actor, values=changed, at=LATER),
        lambda actor: load_national(actor=actor, national=replace(files.national(), groups=()), at=LATER),
    ):
        with pytest.raises(Refused, match=r"Bara en systemförvaltare får läsa in länets filer\."):
            load(make_user(f"user-{load.__code__.co_firstlineno}"))
    assert rows() == before
    assert load_county(actor=make_user("chef", administrator=True), values=changed, at=LATER)[1] == [
        "Ändrad: LPO knivar (namn: ”LPO kirurgi” blev ”LPO knivar”)"
    ]


def test_a_county_before_the_nation_is_refused_and_stores_nothing(db: None) -> None:
    with pytest.raises(Refused) as refusal:
        load_county(actor=None, values=files.jamtland(), at=LOADED)
    assert refusal.value.reason == (
        "Filerna hänvisar till organen npo-aldres-halsa-palliativ-vard, npo-primarvard, npo-psykisk-halsa, region-jamtland-harjedalen, "
        "sverige, som inte är inlästa. Läs in de nationella uppgifterna först."
    )
    assert not any(rows().values())


def taken(load: Callable[[], object]) -> dict[str, str]:
    before = rows()
    with pytest.raises(KeysTaken) as refusal:
        load()
    assert rows() == before
    return dict(refusal.value.faults)


def test_a_county_may_not_take_the_key_of_another(vasternorrland: County) -> None:
    ours = replace(files.group(files.jamtland(), "fredagsgruppen"), key="lpo-kirurgi")
    faults = taken(lambda: load_county(actor=None, values=files.plus(files.jamtland(), ours), at=LATER))
    assert faults == {"lpo-kirurgi": "Nyckeln ”lpo-kirurgi” används redan i Västernorrlands län. Välj en annan nyckel."}


def test_the_nation_may_not_take_the_key_of_a_county(vasternorrland: County) -> None:
    npo = replace(files.group(files.national(), "npo-akut-vard"), key="lpo-kirurgi")
    faults = taken(lambda: load_national(actor=None, national=files.plus(files.national(), npo), at=LATER))
    assert faults == {"lpo-kirurgi": "Nyckeln ”lpo-kirurgi” används redan i Västernorrlands län. Välj en annan nyckel."}


def test_a_county_may_not_take_a_key_that_the_nation_once_had(vasternorrland: County) -> None:
    groups = tuple(row for row in files.national().groups if row.key != "npo-akut-vard")
    load_national(actor=None, national=replace(files.national(), groups=groups), at=LATER)
    ours = replace(files.group(files.jamtland(), "fredagsgruppen"), key="npo-akut-vard")
    faults = taken(lambda: load_county(actor=None, values=files.plus(files.jamtland(), ours), at=LATER))
    assert faults == {"npo-akut-vard": "Nyckeln ”npo-akut-vard” används redan i de nationella uppgifterna. Välj en annan nyckel."}


def test_a_county_may_not_take_over_a_group_that_a_case_has_made(vasternorrland: County) -> None:
    made = working_group(vasternorrland)
    ours = replace(files.group(files.vasternorrland(), "lpo-kirurgi"), key=made.key, name="Något annat")
    faults = taken(lambda: load_county(actor=None, values=files.plus(files.vasternorrland(), ours), at=LATER))
    fault = "Nyckeln ”lag-schizofreni” används redan av LAG schizofreni, som har bildats i ett ärende. Välj en annan nyckel."
    assert faults == {"lag-schizofreni": fault}


def test_an_organisation_cannot_become_a_group(vasternorrland: County) -> None:
    values = files.vasternorrland()
    row = replace(files.group(values, "lpo-kirurgi"), key="kfvn-samverkan-stod", name="Stödstrukturer")
    fewer = replace(values, organisations=tuple(row for row in values.organisations if row.key != "kfvn-samverkan-stod"))
    faults = taken(lambda: load_county(actor=None, values=files.plus(fewer, row), at=LATER))
    sentence = (
        "Nyckeln ”kfvn-samverkan-stod” hör sedan tidigare till Socialtjänstens samverkans- och stödstrukturer, som är en organisation. "
        "Välj en annan nyckel."
    )
    assert faults == {"kfvn-samverkan-stod": sentence}


def test_a_key_that_is_the_address_of_a_page_is_refused(vasternorrland: County) -> None:
    ours = replace(files.group(files.vasternorrland(), "lpo-kirurgi"), key="uppfoljning")
    faults = taken(lambda: load_county(actor=None, values=files.plus(files.vasternorrland(), ours), at=LATER))
    assert faults == {"uppfoljning": "Nyckeln ”uppfoljning” är upptagen av en sida i programmet. Välj en annan nyckel."}


def working_group(county: County, *, at: datetime = LOADED) -> Group:
    from styrkedja.organisations.services import NewMember

    actor = make_user("lpo-psykisk-halsa")
    parent = Body.objects.get(key="lpo-psykisk-halsa")
    return compose_working_group(
        actor=actor,
        county=county,
        parent=parent,
        name="LAG schizofreni",
        mandate="Gör en gap- och konsekvensanalys.",
        convener=actor,
        members=[NewMember("Sjuksköterska", "Region Västernorrland")],
        at=at,
    )


def test_a_working_group_that_a_case_has_made_is_never_touched(vasternorrland: County) -> None:
    made = working_group(vasternorrland)
    before = [list(model.objects.filter(**{name: made}).values()) for model, name in ((Seat, "body"), (Placement, "child"), (Group, "pk"))]
    fewer = files.without_group(files.vasternorrland(), "lpo-psykisk-halsa")
    times = tuple(row for row in fewer.lead_times if not row.escalate_to or row.escalate_to[0] != "lpo-psykisk-halsa")
    changes = load_county(actor=None, values=replace(fewer, lead_times=times), at=LATER)[1]
    assert "Stängd: LPO psykisk hälsa (lpo-psykisk-halsa)" in changes
    after = [list(model.objects.filter(**{name: made}).values()) for model, name in ((Seat, "body"), (Placement, "child"), (Group, "pk"))]
    assert after == before
    assert Group.objects.get(pk=made.pk).valid_until is None


def test_a_group_row_may_lean_on_bodies_of_the_same_files(structure: None) -> None:
    """The host may itself be new, and stand further down."""
    values = files.vasternorrland()
    template = files.group(values, "lpo-kirurgi")
    new = GroupRow(
        **{**template.__dict__, "key": "lag-ny", "name": "LAG ny", "host": "halsam", "parent": "lpo-kirurgi", "counterparts": ()}
    )
    load_county(actor=None, values=replace(values, groups=(new, *values.groups)), at=LOADED)
    made = Group.objects.get(key="lag-ny")
    assert made.host.key == "halsam"
    assert list(made.placements.values_list("parent__key", flat=True)) == ["lpo-kirurgi"]
    assert not made.versions.exists()
