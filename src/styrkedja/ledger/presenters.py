"""The log as people read it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from styrkedja.ledger.models import LedgerEntry

# Every act that the program records; a test sees to it that none is missing.
ACTS = {
    "account.closed": _("Kontot stängdes"),
    "account.created": _("Kontot lades upp"),
    "account.language_set": _("Språket byttes"),
    "account.notices_set": _("Meddelanden ställdes in"),
    "account.password_set": _("Lösenordet byttes av systemförvaltaren"),
    "account.reopened": _("Kontot öppnades igen"),
    "answer.confirmation_refused": _("Försöket att bekräfta det inlästa svaret nekades"),
    "answer.confirmed": _("Det inlästa svaret bekräftades"),
    "answer.discarding_refused": _("Försöket att kasta det inlästa svaret nekades"),
    "answer.discarded": _("Det inlästa svaret kastades"),
    "answer.reading_refused": _("Försöket att läsa in ett svar nekades"),
    "answer.read": _("Svaret lästes in från en fil"),
    "case.closed": _("Ärendet avskrevs"),
    "case.closing_refused": _("Försöket att avskriva ärendet nekades"),
    "case.migrated": _("Ärendet flyttades till en annan rutinversion"),
    "case.migration_refused": _("Försöket att flytta ärendet till en annan rutinversion nekades"),
    "case.opened": _("Ärendet öppnades"),
    "case.opening_refused": _("Försöket att öppna ett ärende nekades"),
    "case.registered": _("Ärendet fick diarienummer"),
    "case.registration_refused": _("Försöket att ge ärendet diarienummer nekades"),
    "case.reversion_refused": _("Försöket att ta tillbaka flytten nekades"),
    "case.reverted": _("Flytten till en annan rutinversion togs tillbaka"),
    "case.subjects_change_refused": _("Försöket att ändra ärendemeningen nekades"),
    "case.subjects_changed": _("Ärendemeningen ändrades"),
    "controls.run": _("Kontrollerna kördes"),
    "county.loaded": _("Länets uppgifter lästes in"),
    "decision.recorded": _("Beslutet antecknades"),
    "decision.recording_refused": _("Försöket att anteckna ett beslut nekades"),
    "document.registered": _("Handlingen diariefördes"),
    "document.registration_refused": _("Försöket att diarieföra handlingen nekades"),
    "file.stored": _("Filen sparades"),
    "file.swept": _("Filen, som inte hörde till något, togs bort"),
    "finding.acceptance_withdrawn": _("Godtagandet av iakttagelsen togs tillbaka"),
    "finding.acceptance_refused": _("Försöket att godta iakttagelsen nekades"),
    "finding.accepted": _("Iakttagelsen godtogs"),
    "finding.withdrawal_refused": _("Försöket att ta tillbaka godtagandet av iakttagelsen nekades"),
    "group.closed": _("Arbetsgruppen avslutades"),
    "group.closing_refused": _("Försöket att avsluta arbetsgruppen nekades"),
    "group.composed": _("Arbetsgruppen bildades"),
    "group.reactivated": _("Arbetsgruppen återaktiverades"),
    "incident.raised": _("Ärendegången stoppades"),
    "indicator.comment_refused": _("Försöket att kommentera ett värde nekades"),
    "indicator.commented": _("Ett värde kommenterades"),
    "indicators.computed": _("Indikatorer räknades om"),
    "indicators.loaded": _("Data till indikatorer lästes in"),
    "indicators.synced": _("Indikatorernas definitioner lästes in"),
    "item.claim_refused": _("Försöket att ta uppgiften nekades"),
    "item.claimed": _("Uppgiften togs"),
    "item.due_change_refused": _("Försöket att ändra slutdatumet nekades"),
    "item.due_changed": _("Slutdatumet ändrades"),
    "item.escalated": _("Förseningen lyftes"),
    "item.follow_up_refused": _("Försöket att sätta bevakning nekades"),
    "item.follow_up_set": _("Bevakning sattes"),
    "item.hand_over_refused": _("Försöket att överlåta uppgiften nekades"),
    "item.handed_over": _("Uppgiften överlämnades"),
    "item.release_refused": _("Försöket att lämna tillbaka uppgiften nekades"),
    "item.released": _("Uppgiften lämnades tillbaka"),
    "item.reminded": _("Påminnelse skickades"),
    "ledger.text_erased": _("Text i loggen raderades"),
    "member.appointed": _("Innehavare av plats utsågs"),
    "member.appointment_refused": _("Försöket att utse innehavare av plats nekades"),
    "member.end_refused": _("Försöket att avsluta innehavet av platsen nekades"),
    "member.ended": _("Innehavet av platsen upphörde"),
    "national.loaded": _("Rikets uppgifter lästes in"),
    "object.change_refused": _("Försöket att ändra nekades"),
    "object.changed": _("Ändrades"),
    "object.created": _("Lades till"),
    "object.creation_refused": _("Försöket att lägga till nekades"),
    "page.refused": _("Det som skickades in nekades"),
    "plan.continued": _("Nästa års plan påbörjades"),
    "registry_series.loaded": _("Diarieserierna lästes in"),
    "routine.published": _("Rutinversionen publicerades"),
    "step.completed": _("Steget utfördes"),
    "step.refused": _("Steget nekades"),
    "substitute.added": _("Ersättare utsågs"),
    "substitute.addition_refused": _("Försöket att utse ersättare nekades"),
    "substitute.end_refused": _("Försöket att avsluta ersättningen nekades"),
    "substitute.ended": _("Ersättningen avslutades"),
    "wait.end_refused": _("Försöket att avsluta väntan nekades"),
    "wait.ended": _("Väntan avslutades"),
}


@dataclass(frozen=True)
class EntryLine:
    """One entry, ready to show. `details` is None when the text has been erased."""

    sequence: int
    at: datetime
    act: str
    account: int | None
    function: str
    object_type: str
    object_id: str
    details: dict[str, Any] | None
    hash: str


def entry_line(entry: LedgerEntry) -> EntryLine:
    """`entry` with its text selected, as from `ledger.selectors.entries_about`."""
    body = json.loads(entry.body)
    payload = entry.text.payload
    return EntryLine(
        sequence=entry.sequence,
        at=datetime.fromisoformat(body["at"]),
        act=act_label(body["act"]),
        account=body["account"],
        function=body["function"],
        object_type=body["object_type"],
        object_id=body["object_id"],
        details=json.loads(payload) if payload else None,
        hash=entry.hash,
    )


def act_label(act: str) -> str:
    """What was done, in the reader's language; the act itself if a later version of the program wrote it."""
    return str(ACTS.get(act, act))
