"""R16: what was promised is reported back, and reports can be decided on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from styrkedja.core.controls.chain import Chain
from styrkedja.core.controls.rule import Check, Gap, Rule, Severity, gap_in, threshold
from styrkedja.core.controls.rules import _answers as answers
from styrkedja.core.controls.snapshot import DocumentKind
from styrkedja.core.controls.telling import together
from styrkedja.core.sentences import Sentence


@dataclass(frozen=True)
class Limits:
    days_to_approve: int = threshold(60, Sentence("Inom så många dagar ska en lämnad rapport vara godkänd."))
    report_rows: int = threshold(30, Sentence("En rapport till en nämnd bör ha högst så många rader."))


def past_report_date(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for assignment in chain.snapshot.assignments:
        due = assignment.report_due_on or assignment.due_on
        if due and assignment.reported_on is None and due < chain.on:
            yield gap_in(assignment, Sentence("Uppdraget skulle ha återrapporterats %(due)s.", due=due))
    for recommendation in chain.snapshot.recommendations:
        due = recommendation.report_due_on
        if due and recommendation.reported_on is None and recommendation.closed_on is None and due < chain.on:
            explanation = Sentence("Rekommendationen skulle ha återrapporterats %(due)s.", due=due)
            yield gap_in(recommendation, explanation, also_in=recommendation.addressees)
        if recommendation.closed_on is None:
            for answer in recommendation.answers:
                yield from answers.broken_promises(chain, recommendation, answer)


def not_approved(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for report in chain.snapshot.reports:
        if report.approved_on is None and report.handed_in_on and _is_late(chain, report.handed_in_on, limits):
            yield gap_in(report, Sentence("Rapporten lämnades %(day)s men är ännu inte godkänd.", day=report.handed_in_on))
        elif report.handed_in_on is None and report.due_on and report.due_on < chain.on:
            yield gap_in(report, Sentence("Rapporten skulle ha lämnats %(due)s.", due=report.due_on), part="due")
    for assignment in chain.snapshot.assignments:
        if assignment.is_report_decided is False and assignment.reported_on and _is_late(chain, assignment.reported_on, limits):
            explanation = Sentence(
                "Uppdraget återrapporterades %(day)s men inget är beslutat om återrapporten.", day=assignment.reported_on
            )
            yield gap_in(assignment, explanation)


def _is_late(chain: Chain, since: date, limits: Limits) -> bool:
    return (chain.on - since).days > limits.days_to_approve


def missing_things(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for document in chain.snapshot.documents:
        if document.figures_named is not None and document.figures_named > document.figures_attached:
            values = {"named": document.figures_named, "attached": document.figures_attached}
            explanation = Sentence(
                "Texten hänvisar till bilder eller bilagor (%(named)s) som inte alla finns med (%(attached)s).", **values
            )
            yield gap_in(document, explanation)


def unknown_documents(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for document in chain.snapshot.documents:
        if document.named_documents:
            names = ", ".join(document.named_documents)
            yield gap_in(document, Sentence("Texten hänvisar till dokument som inte finns i registret: %(names)s.", names=names))


def plans_not_reported(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for document in chain.snapshot.documents:
        if document.reports_back or document.document_kind is DocumentKind.ACTION_PLAN:
            if document.next_report_on is None:
                yield gap_in(document, Sentence("Det är inte bestämt när åtgärdsplanen nästa gång återredovisas."))
            elif document.next_report_on < chain.on:
                explanation = Sentence("Åtgärdsplanen skulle ha återredovisats %(due)s.", due=document.next_report_on)
                yield gap_in(document, explanation)


def undecidable_reports(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for report in chain.snapshot.reports:
        parts = ((report.analysis, Sentence("analys")), (report.proposal, Sentence("förslag till beslut")))
        lacking = [words for text, words in parts if text is not None and not text.strip()]
        if lacking and report.handed_in_on:
            yield gap_in(report, Sentence("Rapporten saknar %(lacking)s.", lacking=together(lacking)))


def too_many_rows(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for report in chain.snapshot.reports:
        if report.rows is not None and report.rows > limits.report_rows:
            yield gap_in(report, Sentence("Rapporten har %(rows)s rader. Gränsen är %(most)s.", rows=report.rows, most=limits.report_rows))


def more_reporting(chain: Chain, limits: Limits) -> Iterator[Gap]:
    for assignment in chain.snapshot.assignments:
        if assignment.requires_report and not assignment.replaces:
            explanation = Sentence("Uppdraget kräver ny återrapportering utan att säga vilken den bygger på eller ersätter.")
            yield gap_in(assignment, explanation)


RULE: Rule[Limits] = Rule(
    id="R16",
    title=Sentence("Återrapportering"),
    source="003",
    quote="Säkerställ att resultat från uppföljning och analys återrapporteras till nämnden på ett sätt som möjliggör strategisk styrning och beslut.",
    severity=Severity.FAULT,
    clears=Sentence("Det som skulle återrapporteras är återrapporterat, och rapporten är godkänd."),
    limits=Limits(),
    checks=(
        Check(
            "R16a",
            Severity.FAULT,
            Sentence("Ett uppdrag, en rekommendation eller en utlovad åtgärd som har passerat sin dag."),
            Sentence("Återrapporten lämnas, eller åtgärden förs in i styrkedjan."),
            past_report_date,
        ),
        Check(
            "R16b",
            Severity.FAULT,
            Sentence("En rapport som inte är lämnad i tid, eller som länge har väntat på att godkännas."),
            Sentence("Rapporten lämnas och godkänns, eller återrapporten får ett beslut."),
            not_approved,
        ),
        Check(
            "R16d",
            Severity.WARNING,
            Sentence("En återrapporterad rekommendation utan beslut, eller utan utredning av kvarstående behov."),
            Sentence("Organet beslutar utifrån återrapporten och anger kvarstående behov."),
            answers.not_followed_to_the_end,
        ),
        Check(
            "R16e",
            Severity.FAULT,
            Sentence("Ett svar på en rekommendation utan beslut som fastställer det."),
            Sentence("Beslutet som fastställde svaret anges."),
            answers.answers_without_decision,
        ),
        Check(
            "A01",
            Severity.WARNING,
            Sentence("Ett område i en granskning där ingen åtgärd är utlovad, eller en rekommendation utan område."),
            Sentence("Rekommendationen förs till ett område, och minst en åtgärd utlovas inom området."),
            answers.areas_without_action,
        ),
        Check(
            "A02",
            Severity.FAULT,
            Sentence("En rekommendation som något av organen inte har svarat på eller tagit ställning till."),
            Sentence("Organet svarar och anger om det delar rekommendationen."),
            answers.unanswered,
        ),
        Check(
            "A18",
            Severity.FAULT,
            Sentence("En rekommendation som inte följs, utan skäl eller alternativ åtgärd."),
            Sentence("Skälet och den alternativa åtgärden skrivs in i svaret."),
            answers.declined_without_alternative,
        ),
        Check(
            "A20",
            Severity.FAULT,
            Sentence("En utlovad åtgärd utan ansvarig funktion eller datum."),
            Sentence("Åtgärden får en ansvarig funktion och ett datum."),
            answers.promises_without_owner_or_date,
        ),
        Check(
            "A28",
            Severity.INFO,
            Sentence("Ett styrdokument som hänvisar till ett dokument utanför registret."),
            Sentence("Dokumentet läggs in i registret."),
            unknown_documents,
        ),
        Check(
            "A29",
            Severity.FAULT,
            Sentence("Ett svar som delar rekommendationen utan att lova någon åtgärd."),
            Sentence("Minst en åtgärd skrivs in i svaret."),
            answers.agreed_without_action,
        ),
        Check(
            "A30",
            Severity.WARNING,
            Sentence("Ett styrdokument som hänvisar till fler bilder och bilagor än det har."),
            Sentence("Det som saknas bifogas."),
            missing_things,
        ),
        Check(
            "A41",
            Severity.FAULT,
            Sentence(
                "En granskning med ett annat antal rekommendationer än den anger, eller en åtgärd som är varken vidtagen eller planerad."
            ),
            Sentence("Alla rekommendationer förs in, och åtgärderna anges som vidtagna eller planerade."),
            answers.miscounted,
        ),
        Check(
            "A44",
            Severity.FAULT,
            Sentence("En åtgärdsplan utan kommande dag för återredovisning."),
            Sentence("Nästa dag för återredovisning skrivs in."),
            plans_not_reported,
        ),
        Check(
            "A57",
            Severity.WARNING,
            Sentence("En rapport utan analys eller förslag till beslut."),
            Sentence("Rapporten får en analys och ett förslag till beslut."),
            undecidable_reports,
        ),
        Check(
            "A58",
            Severity.INFO,
            Sentence("En rapport till en nämnd med för många rader."),
            Sentence("Rapporten kortas och hänvisar vidare till detaljerna."),
            too_many_rows,
        ),
        Check(
            "A59",
            Severity.WARNING,
            Sentence("Ett uppdrag om ny återrapportering som inte säger vilken den bygger på eller ersätter."),
            Sentence("Den rapport som används eller upphör anges."),
            more_reporting,
        ),
    ),
)
