"""What can be chosen in the forms: bodies, functions, plans and what reports take up."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from styrkedja.accounts.models import User
from styrkedja.audits.models import AuditRecommendation, AuditReview
from styrkedja.core.collation import swedish_key
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.policies.audits import AUDITING_FUNCTIONS
from styrkedja.indicators.models import Indicator
from styrkedja.organisations.models import Body, County, Organisation, Seat
from styrkedja.organisations.selectors import counties_in_order, held_functions, in_county, positions, valid_on
from styrkedja.organisations.selectors.readers import counties_read, county_keys_of
from styrkedja.steering.models import Action, Goal, SteeringDocument
from styrkedja.steering.selectors import shown, visible

# The kinds of bodies that auditors address: those that decide, and those that carry out.
_ADDRESSED = (
    OrganisationKind.REGION,
    OrganisationKind.MUNICIPALITY,
    OrganisationKind.MUNICIPAL_ASSOCIATION,
    OrganisationKind.COUNCIL,
    OrganisationKind.EXECUTIVE_BOARD,
    OrganisationKind.COMMITTEE,
    OrganisationKind.ADMINISTRATION,
)


def bodies_to_address(user: User, *, on: date, county: County | None = None) -> list[Body]:
    """The bodies of the reader's counties (or of one) that a review may be addressed to, in order of name."""
    counties = [county] if county else list(counties_read(user, on=on))
    found = Organisation.objects.filter(valid_on(on), _in_counties(counties), kind__in=_ADDRESSED)
    return sorted(found, key=lambda body: swedish_key(body.name))


def own_bodies(user: User, *, on: date) -> list[Body]:
    """The bodies in which `user` has a function, in order of name; for an administrator all that a review may be addressed to."""
    if user.is_active and user.is_administrator:
        return bodies_to_address(user, on=on)
    found = Body.objects.filter(pk__in={body for body, _function in positions(user, on=on)})
    return sorted(found, key=lambda body: swedish_key(body.name))


def coordinating_bodies(user: User, *, on: date) -> list[Body]:
    """The bodies that may be said to see to a review's answer: the reader's own, and for an auditor all that a review may be addressed to."""
    if any(held.function in AUDITING_FUNCTIONS for held in held_functions(user, on=on)):
        return sorted({*own_bodies(user, on=on), *bodies_to_address(user, on=on)}, key=lambda body: swedish_key(body.name))
    return own_bodies(user, on=on)


def seats(user: User, *, on: date, county: County | None = None) -> list[Seat]:
    """The functions of the reader's counties (or of one), by body and title."""
    counties = [county] if county else list(counties_read(user, on=on))
    found = Seat.objects.filter(valid_on(on), valid_on(on, "body__"), _in_counties(counties, "body__")).select_related("body")
    return sorted(found, key=lambda seat: (swedish_key(str(seat.body)), swedish_key(seat.title)))


def signing_seats(user: User, body: Body, *, on: date) -> list[Seat]:
    """The functions that sign an answer of `body`: its own, and those of the region and its administrations."""
    leading = Organisation.objects.filter(kind__in=(OrganisationKind.REGION, OrganisationKind.ADMINISTRATION))
    wanted = {body.pk, *leading.values_list("pk", flat=True)}
    return [seat for seat in seats(user, on=on, county=body.county) if seat.body_id in wanted]


def plans(user: User, *, on: date) -> QuerySet[SteeringDocument]:
    """The plans that may hold actions and whose period is not over, by title."""
    return shown(user, SteeringDocument, on=on).filter(Q(valid_until=None) | Q(valid_until__gt=on)).order_by("title")


def open_actions(user: User, body: Body | None, *, on: date) -> QuerySet[Action]:
    """The actions of `body` that a promise may turn out to be."""
    return shown(user, Action, on=on).filter(accountable_body=body).exclude(state="CANCELLED").order_by("title")


def goals_to_report(user: User, *, on: date) -> QuerySet[Goal]:
    return shown(user, Goal, on=on).filter(state="OPEN").select_related("document").order_by("document", "position", "key")


def indicators_to_report() -> QuerySet[Indicator]:
    """Definitions are the same for everybody; closed ones are left out."""
    return Indicator.objects.filter(closed_at=None).order_by("title")


def recommendations_to_report(user: User, *, on: date) -> QuerySet[AuditRecommendation]:
    found = shown(user, AuditRecommendation, on=on).filter(closed_on=None).select_related("review")
    return found.order_by("review__title", "position")


def open_reviews(user: User, *, on: date) -> QuerySet[AuditReview]:
    return visible(user, AuditReview, on=on).order_by("-received_on", "title")


def counties(user: User, *, on: date) -> list[County]:
    """The reader's counties; those of all for an administrator."""
    found = set(county_keys_of(user, on=on))
    return [county for county in counties_in_order() if county.pk in found]


def _in_counties(counties: Iterable[County], prefix: str = "") -> Q:
    wanted = Q(pk__in=[])
    for county in counties:
        wanted |= in_county(county, prefix)
    return wanted
