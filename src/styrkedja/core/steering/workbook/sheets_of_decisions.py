"""Mandates, decisions, and what became of one year's goals and actions in the next."""

from styrkedja.core.steering.workbook.columns import Column, Holds, SheetSchema
from styrkedja.core.steering.workbook.common import KEY, TEXT, TITLE, amount, choice, day, last_day, reference, yes_no

LEVELS = {"Politiskt beslut": "POLITICAL", "Tjänstemannabeslut": "ADMINISTRATIVE"}
NATURES = {"Beslut": "DECISION", "Rekommendation": "RECOMMENDATION"}
TRANSFERS = {"Oförändrad": "KEPT", "Ändrad": "CHANGED", "Sammanslagen": "MERGED", "Struken": "DROPPED"}
_SUBJECT = "Som en väg: ekonomi.inköp är en del av ekonomi."

DECISION_SHEETS = (
    SheetSchema(
        "Mandat",
        "mandate",
        "Vem som får besluta vad, upp till vilket belopp och när: en rad i ett reglemente eller i delegationsbestämmelser.",
        (
            KEY,
            TITLE,
            TEXT,
            choice("Nivå", "level", LEVELS, is_required=True),
            Column("Ämne", "subject", is_required=True, note=_SUBJECT, width=24),
            amount("Beloppsgräns", "amount_limit", least=0),
            Column("Organ", "body", Holds.BODY, is_required=True, note="Det organ som innehar mandatet.", width=30),
            Column("Funktion", "seat", Holds.SEAT, note="När mandatet är delegerat till en funktion i organet.", width=40),
            Column("Givet av", "given_by", Holds.BODY, is_required=True, width=30),
            Column("Punkt", "point", note="Var i reglementet eller delegationsbestämmelserna det står.", width=12),
            yes_no("Får korrigera", "may_correct"),
            Column("Korrigerar organ", "corrects", Holds.BODIES, note="Organens nycklar med semikolon emellan.", width=30),
            day("Gäller från", "valid_from"),
            last_day("Gäller till och med", "valid_until"),
        ),
    ),
    SheetSchema(
        "Beslut",
        "decision",
        "Beslut som har fattats utanför ärenden i systemet. De antecknas som de fattades och kan sedan inte ändras.",
        (
            KEY,
            Column("Organ", "body", Holds.BODY, is_required=True, width=30),
            Column("Funktion", "seat", Holds.SEAT, note="Den som beslutade på delegation.", width=40),
            day("Beslutsdatum", "decided_on", is_required=True),
            day("Till och med", "decided_until"),
            Column("Paragraf", "paragraph", width=10),
            Column("Diarienummer", "registry_number", is_required=True, width=18),
            choice("Slag", "nature", NATURES),
            Column("Beslut", "text", is_required=True, width=60),
            Column("Utfall", "outcome", width=24),
            choice("Nivå", "level", LEVELS, may_be_empty=True),
            reference("Mandat", "mandate", "mandate"),
            Column("Ämne", "subject", note=_SUBJECT, width=24),
            amount("Belopp", "amount"),
            Column("Skäl till att beräkning saknas", "no_estimate_reason", width=40),
            yes_no("Utanför budget", "outside_budget"),
            Column("Skäl till undantag", "exception_reason", width=40),
        ),
    ),
    SheetSchema(
        "Överföringar",
        "transfer",
        "Vad som blev av en plans mål och åtgärder i nästa plan. Ange mål eller åtgärd; det som stryks har ett skäl och inget nytt.",
        (
            reference("Från plan", "from_document", "document", is_required=True),
            reference("Till plan", "to_document", "document", is_required=True),
            choice("Hur", "kind", TRANSFERS, is_required=True),
            reference("Mål", "goal", "goal"),
            reference("Nytt mål", "new_goal", "goal"),
            reference("Åtgärd", "action", "action"),
            reference("Ny åtgärd", "new_action", "action"),
            Column("Skäl", "reason", width=40),
        ),
    ),
)
