"""Where a decision that is only told of (body, day, paragraph) has a page of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from styrkedja.accounts.models import User
from styrkedja.audits.selectors import Whole
from styrkedja.decisions.models import Decision
from styrkedja.decisions.presenters import decision_url
from styrkedja.decisions.selectors import Minuted, by_minutes
from styrkedja.organisations.models import Body


@dataclass(frozen=True)
class Minutes:
    """The decisions of some bodies that the reader may read, as they are named in minutes."""

    decisions: Mapping[Minuted, Decision]

    def url(self, bodies: Iterable[Body | None], decided_on: date | None, paragraph: str) -> str:
        """ "" where none of the bodies has made such a decision, and where several have."""
        if decided_on is None:
            return ""
        found = {self.decisions.get((body.pk, decided_on, paragraph)) for body in bodies if body is not None} - {None}
        return decision_url(found.pop()) if len(found) == 1 else ""


def minutes_of(user: User, bodies: Iterable[Body | None], *, on: date) -> Minutes:
    return Minutes(by_minutes(user, [body for body in bodies if body is not None], on=on))


def minutes_of_whole(user: User, whole: Whole, *, on: date) -> Minutes:
    """Those of the bodies that answer, and of the one that sees to the answer."""
    said = [said.body for one in whole.recommendations for said in one.said]
    return minutes_of(user, {whole.review.accountable_body, *(part.body for part in whole.parts), *said}, on=on)
