"""A value commented, by somebody who works in the body that it is about or over it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.core.identities import identity_fault
from styrkedja.core.policies.refusal import Forbidden, Refused, tried_on
from styrkedja.indicators.models import Indicator, IndicatorComment
from styrkedja.indicators.selectors.comments import functions_over
from styrkedja.indicators.selectors.places import Place
from styrkedja.indicators.selectors.values import has_value
from styrkedja.ledger.services import append
from styrkedja.ledger.services.refusals import on_record_when_forbidden
from styrkedja.ui.clock import day

HEADINGS = ("situation", "why", "development", "factors", "proposal")


@on_record_when_forbidden("indicator.comment_refused")
def comment_value(
    *, actor: User, indicator: Indicator, body: Place, period_end: date, said: Mapping[str, str], signed_by: str, at: datetime
) -> IndicatorComment:
    """Raises Refused for a function that is not the actor's, a period without values, nothing said of the situation, or an identity number. `said` is by HEADINGS."""
    if signed_by not in functions_over(actor, body, on=day(at)):
        with tried_on("indicator", indicator.pk):
            raise Forbidden(
                _("Bara den som har en funktion i eller över %(body)s, och inte granskar det, kan kommentera dess värden.")
                % {"body": body.name}
            )
    if not has_value(indicator, body.id, period_end):
        raise Refused(_("Det finns inget värde att kommentera för den perioden."))
    texts = {heading: said.get(heading, "").strip() for heading in HEADINGS}
    if not texts["situation"]:
        raise Refused(_("Skriv något om läget."))
    for text in texts.values():
        if fault := identity_fault(text):
            raise Refused(fault)
    made = IndicatorComment.objects.create(
        indicator=indicator, body_id=body.id, period_end=period_end, signed_by=signed_by, author=actor, commented_at=at, **texts
    )
    payload = {"body": body.key, "period_end": period_end.isoformat(), **texts}
    append(
        actor=actor, act="indicator.commented", object_type="indicator", object_id=indicator.pk, payload=payload, at=at, function=signed_by
    )
    return made
