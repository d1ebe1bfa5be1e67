"""Which bodies adopt steering documents and target states, and on which days they can have done it."""

from datetime import date, timedelta

from styrkedja.core.controls.snapshot.kinds import DocumentKind
from styrkedja.core.organisations.kinds import OrganisationKind
from styrkedja.core.sentences import Sentence
from styrkedja.core.steering.rules import YEARS

# Bodies of elected people, and the principals that they decide for.
DECIDING = (
    OrganisationKind.REGION,
    OrganisationKind.MUNICIPALITY,
    OrganisationKind.MUNICIPAL_ASSOCIATION,
    OrganisationKind.COUNCIL,
    OrganisationKind.EXECUTIVE_BOARD,
    OrganisationKind.COMMITTEE,
)
# What a region and its municipalities adopt together, one by one (source 002), as they do a target state.
JOINT = frozenset({DocumentKind.JOINT_PLAN, DocumentKind.AGREEMENT})
_FIRST = date(YEARS[0], 1, 1)


def adoption_day_fault(decided_on: date, *, valid_from: date | None, valid_until: date | None, days_before: int) -> Sentence | None:
    """What is wrong with the day on which something of that half-open period was adopted; None if it can be right.

    A plan is adopted at most `days_before` days before its period and not after it. Of what has no first day the year at least is plausible.
    """
    first = valid_from - timedelta(days=days_before) if valid_from is not None else _FIRST
    if decided_on < first:
        return Sentence(
            "Dagen %(day)s är för tidig: det kan ha antagits tidigast %(first)s. Kontrollera beslutsdatumet och den tid som dokumentet gäller.",
            day=decided_on.isoformat(),
            first=first.isoformat(),
        )
    if valid_until is not None and decided_on >= valid_until:
        last = valid_until - timedelta(days=1)
        return Sentence(
            "Dagen %(day)s ligger efter den tid som dokumentet gäller, till och med %(last)s. Kontrollera beslutsdatumet.",
            day=decided_on.isoformat(),
            last=last.isoformat(),
        )
    return None
