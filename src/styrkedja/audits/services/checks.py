"""What several of the services check."""

from datetime import date

from django.utils.translation import gettext as _

from styrkedja.accounts.models import User
from styrkedja.audits.models import AuditResponse, AuditReview
from styrkedja.core.decisions import decision_faults, written_paragraph
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.registry_numbers import RegistryNumberError, parse_registry_number
from styrkedja.organisations.models import Body
from styrkedja.ui.wording import day_text, sentence_text


def decided(on: date, until: date | None, paragraph: str, *, today: date) -> tuple[date, date | None, str]:
    """When and by which item of the minutes, as it is to be stored. Raises Refused if it cannot be right."""
    until = None if until == on else until
    if faults := decision_faults(decided_on=on, decided_until=until, paragraph=paragraph, outcome="", text="-", today=today):
        raise Refused(" ".join(map(sentence_text, faults.values())))
    return on, until, written_paragraph(paragraph)


def refuse_number(registry_number: str) -> None:
    """Raises Refused for a registry number that no authority writes."""
    try:
        if registry_number.strip():
            parse_registry_number(registry_number)
    except RegistryNumberError as fault:
        raise Refused(fault.reason) from None


def refuse_to_come(on: date, *, today: date) -> None:
    if on > today:
        raise Refused(_("Dagen ligger i framtiden. Ange den dag då det skedde."))


def refuse_unaddressed(review: AuditReview, body: Body) -> None:
    """Raises Refused unless the review is addressed to `body`."""
    if body.pk not in {review.accountable_body_id, *review.addressed.values_list("pk", flat=True)}:
        raise Refused(_("Granskningen är inte riktad till %(body)s, som därför inte kan svara på den.") % {"body": body})


def refuse_decided(actor: User | None, response: AuditResponse) -> None:
    """An answer that is decided stands as it was decided; an administrator may put right what was copied wrongly."""
    if response.is_decided and actor is not None and not actor.is_administrator:
        raise Refused(
            _("Svaret beslutades %(day)s och ändras inte. Är något fel avskrivet kan en systemförvaltare rätta det.")
            % {"day": day_text(response.decided_on) if response.decided_on else ""}
        )
