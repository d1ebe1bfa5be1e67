"""Reviews, their recommendations, the answers, and what is reported back."""

from styrkedja.core.steering.workbook.columns import Column, Holds, SheetSchema
from styrkedja.core.steering.workbook.common import (
    BODY,
    KEY,
    OWN_TITLE,
    POSITION,
    SEAT,
    TEXT,
    TITLE,
    choice,
    day,
    reference,
    references,
    yes_no,
)

REVIEW_KINDS = {"Granskning": "AUDIT", "Nationell rekommendation": "NATIONAL_RECOMMENDATION"}
LEVELS = {"Nationell": "NATIONAL", "Sjukvårdsregional": "HEALTHCARE_REGION", "Lokal": "LOCAL"}
FOLLOW_UP_STATES = {"Inte påbörjat": "NOT_STARTED", "Pågår": "UNDER_WAY", "Genomfört": "DONE"}
RESPONSE_STATES = {"Utkast": "DRAFT", "Beslutat": "DECIDED"}
STANCES = {"Delar": "AGREE", "Delar delvis": "PARTLY", "Delar inte": "DISAGREE"}
PROMISE_STATES = {"Vidtagen": "TAKEN", "Planerad": "PLANNED"}
CYCLES = {"Månadsrapport": "MONTHLY", "Delårsrapport": "INTERIM", "Årsbokslut": "ANNUAL", "Fördjupad redovisning": "IN_DEPTH"}
_REVIEW = reference("Granskning", "review", "audit-review", is_required=True)
_RECOMMENDATION = reference("Rekommendation", "recommendation", "audit-recommendation", is_required=True)
_ANY_SEAT = Column("Ansvarig funktion", "accountable_seat", Holds.SEAT, note="”Benämning, organ”. Aldrig en person.", width=40)
_ADDRESSED = Column("Riktad till", "addressed", Holds.BODIES, note="Organens nycklar med semikolon emellan.", width=40)


def _count(name: str, field: str, note: str) -> Column:
    return Column(name, field, Holds.WHOLE_NUMBER, has_default=True, least=0, note=note, width=14)


AUDIT_SHEETS = (
    SheetSchema(
        "Granskningar",
        "audit-review",
        "Revisorernas granskningar, och nationella rekommendationer. Det ansvariga organet samordnar svaret och hör till dem som den riktas till.",
        (
            KEY,
            choice("Slag", "kind", REVIEW_KINDS),
            TITLE,
            TEXT,
            Column("Granskare", "reviewer", width=30),
            Column("Diarienummer", "registry_number", width=18),
            day("Inkommen", "received_on"),
            day("Svar senast", "answer_due_on"),
            BODY,
            SEAT,
            _ADDRESSED,
            Column("Frågeställning", "question", width=60),
            Column("Samlad bedömning", "assessment", width=60),
            Column("Vision", "vision", width=40),
            _count("Angivet antal rekommendationer", "stated_count", "Om granskningen själv säger hur många den lämnar."),
        ),
    ),
    SheetSchema(
        "Rekommendationer",
        "audit-recommendation",
        "Vad som rekommenderas, och vad det har blivit av det: återrapporten, beslutet om den och kvarstående behov.",
        (
            KEY,
            _REVIEW,
            Column("Nummer", "number", is_required=True, note="Nummer eller bokstav.", width=10),
            OWN_TITLE,
            Column("Rekommendation", "text", is_required=True, width=60),
            POSITION,
            Column("Områden", "areas", note="Med komma emellan.", width=30),
            Column("Riktad till", "addressees", Holds.BODIES, note="Lämna tomt om den gäller alla som granskningen riktas till.", width=40),
            day("Återrapporteras senast", "report_due_on"),
            day("Återrapporterad", "reported_on"),
            Column("Återrapport", "report", width=60),
            day("Beslut om återrapporten", "report_decided_on"),
            day("Beslut till och med", "report_decided_until"),
            Column("Paragraf", "report_paragraph", width=10),
            Column("Vad som beslutades", "report_decision", width=40),
            Column("Kvarstående behov", "remaining_need", width=40),
            day("Avslutad", "closed_on"),
        ),
    ),
    SheetSchema(
        "Svar",
        "audit-response",
        "Organens delar av svaret. Ett utkast ses bara av organet självt; ett beslutat svar har ett beslutsdatum.",
        (
            KEY,
            _REVIEW,
            Column("Ansvarigt organ", "accountable_body", Holds.BODY, is_required=True, note="Det organ som svarar.", width=30),
            SEAT,
            Column("Diarienummer", "registry_number", width=18),
            day("Daterat", "dated_on"),
            Column("Svaret i allmänhet", "text", width=60),
            Column(
                "Undertecknas av", "signatories", Holds.SEATS, note="”Benämning, organ” med semikolon emellan. Aldrig personer.", width=40
            ),
            choice("Läge", "state", RESPONSE_STATES),
            day("Beslutsdatum", "decided_on"),
            day("Till och med", "decided_until"),
            Column("Paragraf", "paragraph", width=10),
        ),
    ),
    SheetSchema(
        "Rekommendationssvar",
        "recommendation-answer",
        "Vad ett organ svarar på en rekommendation. En som inte delas har ett skäl och en alternativ åtgärd.",
        (
            Column("Nyckel", "key", Holds.KEY, note="Behöver inte fyllas i.", width=30),
            reference("Svar", "response", "audit-response", is_required=True),
            _RECOMMENDATION,
            choice("Ställningstagande", "stance", STANCES, may_be_empty=True),
            Column("Svarstext", "text", width=80),
            Column("Skäl", "reason", width=40),
            Column("Alternativ åtgärd", "alternative", width=40),
        ),
    ),
    SheetSchema(
        "Utlovade åtgärder",
        "promised-action",
        "Vad ett svar utlovar: vidtagna eller planerade åtgärder. En som har förts in i styrkedjan anger åtgärden där.",
        (
            KEY,
            reference("Rekommendationssvar", "answer", "recommendation-answer", is_required=True),
            POSITION,
            Column("Utlovad åtgärd", "text", is_required=True, width=60),
            choice("Läge", "state", PROMISE_STATES, may_be_empty=True),
            _ANY_SEAT,
            day("Klar senast", "due_on"),
            reference("Åtgärd i styrkedjan", "action", "action"),
            yes_no("Borttagen ur svaret", "is_withdrawn"),
        ),
    ),
    SheetSchema(
        "Uppföljningar",
        "follow-up",
        "Vad som har hänt nationellt, i sjukvårdsregionen och lokalt med en rekommendation.",
        (
            KEY,
            _RECOMMENDATION,
            choice("Nivå", "level", LEVELS, is_required=True),
            choice("Läge", "state", FOLLOW_UP_STATES),
            Column("Uppföljt den", "followed_up_on", Holds.DAY, is_required=True, width=14),
            Column("Vad som har hänt", "text", is_required=True, width=60),
            Column("Underlag", "evidence", width=40),
            _ANY_SEAT,
        ),
    ),
    SheetSchema(
        "Återrapporter",
        "progress-report",
        "Månadsrapporter, delårsrapporter, årsbokslut och fördjupade redovisningar. Båda dagarna hör till perioden.",
        (
            KEY,
            OWN_TITLE,
            Column("Ansvarigt organ", "accountable_body", Holds.BODY, is_required=True, note="Det organ som lämnar rapporten.", width=30),
            SEAT,
            choice("Slag", "cycle", CYCLES, is_required=True),
            Column("Periodens första dag", "starts_on", Holds.DAY, is_required=True, width=14),
            Column("Periodens sista dag", "ends_on", Holds.DAY, is_required=True, width=14),
            day("Lämnas senast", "due_on"),
            day("Lämnad", "handed_in_on"),
            day("Godkänd", "approved_on"),
            Column("Paragraf", "paragraph", width=10),
            Column("Analys", "analysis", width=60),
            Column("Förslag till beslut", "proposal", width=40),
            _count("Antal rader", "row_count", "Hur många rader nämnden får."),
            references("Redovisar mål", "goals", "goal"),
            Column("Redovisar indikatorer", "indicators", Holds.INDICATORS, note="Indikatorernas id med semikolon emellan.", width=30),
            references("Redovisar rekommendationer", "recommendations", "audit-recommendation"),
        ),
    ),
)
