"""A decision as its own page tells it, and what has been adopted by decisions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrkedja.chain.presenters.links import body_url, mandate_crumbs
from styrkedja.chain.presenters.mandates import limit_text, mandate_url
from styrkedja.chain.presenters.rows import ObjectRow, amount, object_row
from styrkedja.chain.selectors.decisions import Ties
from styrkedja.decisions.models import Decision, DecisionNature
from styrkedja.decisions.presenters import decision_url, range_text
from styrkedja.ledger.models import LedgerEntry
from styrkedja.ledger.presenters import EntryLine, entry_line
from styrkedja.steering.models import Adoption
from styrkedja.ui.components import Crumb, Fact


@dataclass(frozen=True)
class Adopted:
    """Who adopted something, when and under which paragraph; `url` "" where the decision has no page that the reader may open."""

    text: str
    url: str


def adoption_rows(adoptions: Iterable[Adoption], readable: Collection[int]) -> list[Adopted]:
    return [Adopted(adoption_text(row), decision_url(row.decision) if row.decision_id in readable else "") for row in adoptions]


def adoption_text(row: Adoption) -> str:
    """ "Regionstyrelsen, 25 mars 2026 § 39 RS/12/2026"."""
    return " ".join(filter(None, (f"{row.body.name}, {range_text(row.decided_on, row.decided_until)}", row.paragraph, row.registry_number)))


def facts(row: Decision) -> list[Fact]:
    """Who decided, when, and where it is kept; what has not been told is left out."""
    case = row.case
    told = [
        Fact(_("Organ"), str(row.body), body_url(row.body)),
        Fact(_("Beslutat av funktion"), str(row.seat or "")),
        Fact(_("Datum"), range_text(row.decided_on, row.decided_until)),
        Fact(_("Paragraf"), row.paragraph),
        Fact(_("Diarienummer"), row.registry_number or (case.registry_number if case else "")),
        Fact(_("Ärende"), str(case), case_url(row)) if case else Fact(_("Ärende"), ""),
        Fact(_("Offentlig ärendemening"), case.public_subject if case else ""),
        Fact(_("Steg"), f"{row.item.number} {row.item.name}" if row.item else ""),
    ]
    return [fact for fact in told if fact.value]


def case_url(row: Decision) -> str:
    """The case's page. Numbers are unique in a county, so the county is said too."""
    return f"{reverse('home:case', args=[row.case.number])}?lan={row.case.county.key}" if row.case else ""


def crumbs(row: Decision) -> list[Crumb]:
    """The way to it: through its case, else through the mandates and the decisions outside cases."""
    if row.case is None:
        return mandate_crumbs()
    return [Crumb(_("Ärenden"), reverse("home:cases")), Crumb(row.case.reference, case_url(row))]


def ground_facts(row: Decision, ties: Ties, *, has_rules: bool) -> list[Fact]:
    """What it rests on, and on which conditions. Of a decision what is lacking is told too; a recommendation binds nobody and rests on none.

    `has_rules`: whether anything is known of what the body may decide; where nothing is, nothing was asked of the decision.
    """
    is_silent = row.mandate is None and not row.level and not ties.estimates
    if is_silent and row.nature == DecisionNature.RECOMMENDATION:
        return []
    if is_silent and not has_rules:
        unasked = _(
            "Inget reglemente och inga delegationsbestämmelser är inlästa för %(body)s. Beslutet har därför inte prövats mot något mandat."
        )
        return [Fact(_("Mandat"), unasked % {"body": row.body})]
    mandate = row.mandate
    told = [
        Fact(_("Nivå"), row.get_level_display() if row.level else _("Nivån är inte angiven")),
        Fact(_("Mandat"), str(mandate), mandate_url(mandate)) if mandate else Fact(_("Mandat"), _("Inget mandat är angivet")),
        Fact(_("Mandatets gräns"), limit_text(mandate) if mandate else ""),
        Fact(_("Ämne"), row.subject),
        Fact(_("Belopp"), amount(row.amount)),
        Fact(_("Beräkning"), _calculation(row, ties)),
        Fact(_("Budget"), _("Beslutet ligger utanför budget") if row.outside_budget else ""),
        Fact(_("Skäl till undantaget"), row.exception_reason),
    ]
    return [fact for fact in told if fact.value]


def _calculation(row: Decision, ties: Ties) -> str:
    if ties.estimates:
        count = len(ties.estimates)
        return ngettext("Vilar på %(count)s beräkning", "Vilar på %(count)s beräkningar", count) % {"count": count}
    if row.no_estimate_reason:
        return _("Ingen beräkning: %(reason)s") % {"reason": row.no_estimate_reason}
    return _("Ingen beräkning och inget skäl är angivet")


@dataclass(frozen=True)
class Tied:
    """Objects of the chain that the decision has to do with in the same way. `is_mixed`: they are of several kinds, so the kind of each is said."""

    title: str
    rows: tuple[ObjectRow, ...]
    is_mixed: bool


def tied(ties: Ties) -> list[Tied]:
    groups = [
        (_("Antaget genom beslutet"), ties.adopted),
        (_("Åtgärder som beslutet gäller"), ties.actions),
        (_("Mål som åtgärderna ska bidra till"), ties.goals),
        (_("Uppdrag som har getts"), ties.assignments),
        (_("Uppdrag vars återrapport har behandlats"), ties.reported),
        (_("Målkonflikter som har hanterats"), ties.conflicts),
    ]
    return [Tied(title, tuple(map(object_row, found)), is_mixed=found is ties.adopted) for title, found in groups if found]


@dataclass(frozen=True)
class OnRecord:
    """The decision's place in the log. `at` is when it was written down there, `who` in which function."""

    line: EntryLine
    at: datetime
    who: str


def on_record(entry: LedgerEntry | None) -> OnRecord | None:
    if entry is None:
        return None
    line = entry_line(entry)
    return OnRecord(line, line.at, line.function or (_("Systemförvaltare") if line.account else _("Styrkedja")))
