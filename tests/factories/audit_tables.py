"""Two reviews as tables, with a row of every sheet, for a county made by `make_region` with the rows of `chain_tables`."""

from styrkedja.core.sheets.tables import Table, tables_of
from styrkedja.core.steering.workbook.sheets_of_audits import AUDIT_SHEETS
from tests.factories.chain_tables import Rows


def audit_rows(suffix: str = "exempellan") -> Rows:
    """By kind of row, each row by heading. `suffix`: the county's key."""
    board, committee = f"styrelsen-{suffix}", f"namnden-{suffix}"
    director = f"Hälso- och sjukvårdsdirektör, forvaltningen-{suffix}"
    return {
        "audit-review": [
            {"Nyckel": "nara-vard-2025", "Rubrik": "Omställningen till en god och nära vård", "Granskare": "Regionens revisorer"}
            | {"Diarienummer": "REV/8/2025", "Inkommen": "2026-01-15", "Svar senast": "2026-04-01", "Ansvarigt organ": board}
            | {"Riktad till": f"{board}; {committee}", "Frågeställning": "Är styrningen tillfredsställande?"}
            | {"Samlad bedömning": "Det finns utmaningar.", "Angivet antal rekommendationer": 2},
            {
                "Nyckel": "kunskapsstyrning-2017",
                "Slag": "Nationell rekommendation",
                "Rubrik": "En gemensam struktur",
                "Ansvarigt organ": board,
            }
            | {"Vision": "Vår framgång räknas i liv och jämlik hälsa."},
        ],
        "audit-recommendation": [
            {
                "Nyckel": "nara-vard-2025-1",
                "Granskning": "nara-vard-2025",
                "Nummer": 1,
                "Rekommendation": "Tydliggör målbilden.",
                "Ordning": 1,
            }
            | {"Områden": "styrning, ansvar", "Riktad till": board, "Återrapporteras senast": "2026-12-31"}
            | {"Återrapporterad": "2026-09-01", "Återrapport": "Klart.", "Beslut om återrapporten": "2026-09-08", "Paragraf": "§ 9"}
            | {"Vad som beslutades": "Godkänns", "Kvarstående behov": "Inga", "Avslutad": "2026-09-09"},
            {
                "Nyckel": "nara-vard-2025-2",
                "Granskning": "nara-vard-2025",
                "Nummer": "2",
                "Rekommendation": "Se över resurserna.",
                "Ordning": 2,
            },
            {
                "Nyckel": "kunskap-a",
                "Granskning": "kunskapsstyrning-2017",
                "Nummer": "a",
                "Rekommendation": "Anpassa.",
                "Rubrik": "Organisation",
            },
        ],
        "audit-response": [
            {"Nyckel": "rs-svar", "Granskning": "nara-vard-2025", "Ansvarigt organ": board, "Diarienummer": "RS/7/2026", "Läge": "Beslutat"}
            | {"Beslutsdatum": "2026-03-25", "Till och med": "2026-03-26", "Paragraf": "39", "Svaret i allmänhet": "I stort."}
            | {"Undertecknas av": f"Ordförande, {board}; {director}", "Daterat": "2026-03-20"},
            {"Nyckel": "hsn-svar", "Granskning": "nara-vard-2025", "Ansvarigt organ": committee, "Läge": "Utkast"},
        ],
        "recommendation-answer": [
            {
                "Svar": "rs-svar",
                "Rekommendation": "nara-vard-2025-1",
                "Ställningstagande": "Delar delvis",
                "Svarstext": "Styrelsen delar delvis.",
            },
            {"Nyckel": "hsn-svar-2", "Svar": "hsn-svar", "Rekommendation": "nara-vard-2025-2", "Ställningstagande": "Delar inte"}
            | {"Svarstext": "Nej.", "Skäl": "De räcker.", "Alternativ åtgärd": "Följs upp."},
        ],
        "promised-action": [
            {"Nyckel": "lofte-1", "Rekommendationssvar": "rs-svar-nara-vard-2025-1", "Utlovad åtgärd": "Tydliggör målbilden", "Ordning": 1}
            | {"Läge": "Planerad", "Ansvarig funktion": director, "Klar senast": "2026-12-31", "Åtgärd i styrkedjan": "inkop"},
            {
                "Nyckel": "lofte-2",
                "Rekommendationssvar": "rs-svar-nara-vard-2025-1",
                "Utlovad åtgärd": "Var med",
                "Borttagen ur svaret": "ja",
            },
        ],
        "follow-up": [
            {
                "Nyckel": "kunskap-a-lokalt",
                "Rekommendation": "kunskap-a",
                "Nivå": "Lokal",
                "Läge": "Genomfört",
                "Uppföljt den": "2026-09-01",
            }
            | {"Vad som har hänt": "Inrättat.", "Underlag": "§ 223", "Ansvarig funktion": director}
        ],
        "progress-report": [
            {
                "Nyckel": "delar-april",
                "Ansvarigt organ": committee,
                "Slag": "Delårsrapport",
                "Lämnas senast": "2026-05-15",
                "Antal rader": 12,
            }
            | {
                "Periodens första dag": "2026-01-01",
                "Periodens sista dag": "2026-04-30",
                "Lämnad": "2026-05-14",
                "Analys": "Kostnaderna ökar.",
            }
            | {"Godkänd": "2026-06-01", "Paragraf": "§ 4", "Förslag till beslut": "Godkänns", "Redovisar mål": "balans"}
            | {"Redovisar indikatorer": "vantetid", "Redovisar rekommendationer": "nara-vard-2025-1"}
        ],
    }


def as_audit_tables(rows: Rows) -> tuple[Table, ...]:
    """Every sheet that has rows, with all of its columns."""
    sheets = [
        (
            sheet.name,
            [[column.name for column in sheet.columns], *([row.get(column.name, "") for column in sheet.columns] for row in found)],
        )
        for sheet in AUDIT_SHEETS
        if (found := rows.get(sheet.kind))
    ]
    return tables_of(sheets)
