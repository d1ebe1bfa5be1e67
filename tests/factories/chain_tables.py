"""A small chain as tables, with a row of every sheet, for a county made by `make_region`."""

from styrkedja.core.sheets.tables import Cell, Table, tables_of
from styrkedja.core.steering.workbook.sheets import BY_KIND, SHEETS

Rows = dict[str, list[dict[str, Cell]]]


def chain_rows(suffix: str = "exempellan") -> Rows:
    """By kind of row, each row by heading. `suffix`: the county's key."""
    board, committee = f"styrelsen-{suffix}", f"namnden-{suffix}"
    administration, unit = f"forvaltningen-{suffix}", f"alen-{suffix}"
    director = f"Hälso- och sjukvårdsdirektör, {administration}"
    owned = {"Ansvarigt organ": committee, "Ansvarig funktion": director}
    estimate = {"Nyckel": "inkop-kalkyl", "Åtgärd": "inkop", "Beräknad av funktion": director, "Beräknad": "2026-01-20"}
    return {
        "target-state": [{"Nyckel": "nara-vard-malbild", "Rubrik": "God och nära vård", "Ansvarigt organ": board, "Läge": "Beslutat"}],
        "strategy": [{"Nyckel": "kontinuitet", "Målbild": "nara-vard-malbild", "Rubrik": "Ökad kontinuitet", "Ordning": 1}],
        "document": [
            {"Nyckel": "namndplan-2026", "Slag": "Nämndplan", "Rubrik": "Plan med budget 2026", "Gäller från": "2026-01-01"}
            | {"Gäller till och med": "2026-12-31", "Överordnat dokument": "regionplan-2026", "Läge": "Beslutat"}
            | owned,
            {"Nyckel": "regionplan-2026", "Slag": "Regionplan", "Rubrik": "Regionplan 2026", "Ansvarigt organ": board}
            | {"Målbild": "nara-vard-malbild", "Diarienummer": "RS/1/2026", "Läge": "Beslutat"},
            {"Nyckel": "namndplan-2027", "Slag": "Nämndplan", "Rubrik": "Plan 2027", "Ersätter": "namndplan-2026", "Läge": "Utkast"}
            | owned,
            {"Nyckel": "reglemente", "Slag": "Reglemente", "Rubrik": "Reglemente", "Ansvarigt organ": board, "Läge": "Beslutat"}
            | {"Mandat": "namnden-ekonomi"},
        ],
        "adoption": [
            {"Målbild": "nara-vard-malbild", "Organ": "Ånge kommun", "Beslutsdatum": "2025-11-03", "Paragraf": "§ 12"},
            {
                "Styrdokument": "regionplan-2026",
                "Organ": board,
                "Beslutsdatum": "2025-11-25",
                "Till och med": "2025-11-26",
                "Paragraf": "§39",
            },
        ],
        "goal-area": [{"Nyckel": "ekonomi", "Styrdokument": "namndplan-2026", "Rubrik": "Ekonomi i balans", "Ordning": 2}],
        "goal": [
            {"Nyckel": "balans", "Styrdokument": "namndplan-2026", "Målområde": "ekonomi", "Rubrik": "Ekonomi i balans"}
            | {"Överordnat mål": "region-balans", "Ska vara nått": "2026-12-31", "Resurser": "Två tjänster", "Tidshorisont": "Planperioden"}
            | owned,
            {"Nyckel": "region-balans", "Styrdokument": "regionplan-2026", "Rubrik": "En region i balans", "Strategier": "kontinuitet"},
            {"Nyckel": "vard", "Styrdokument": "namndplan-2026", "Rubrik": "Vård i tid"} | owned,
            {"Nyckel": "balans-2027", "Styrdokument": "namndplan-2027", "Rubrik": "Ekonomi i balans"} | owned,
        ],
        "goal-indicator": [
            {"Mål": "vard", "Indikator": "vantetid", "Utgångsvärde": 61.5, "Målvärde": "80", "Målvärdets dag": "2026-12-31"}
        ],
        "milestone": [
            {
                "Nyckel": "avtal",
                "Åtgärd": "inkop",
                "Rubrik": "Avtalen är slutna",
                "Klart senast": "2026-05-31",
                "Mätbart kriterium": "Tre avtal",
            },
            {"Nyckel": "halvvags", "Mål": "vard", "Rubrik": "Halvvägs", "Indikator": "vantetid", "Målvärde": "70,5", "Nått": "2026-06-01"},
        ],
        "assignment": [
            {
                "Nyckel": "uppdrag-1",
                "Uppdragsgivare": board,
                "Rubrik": "Ta fram en åtgärdsplan",
                "Gavs": "2025-12-01",
                "Mål": "region-balans",
            }
            | {"Återrapporteras senast": "2026-04-30", "Beslut": "hsn-39"}
            | owned
        ],
        "programme": [{"Nyckel": "inkopsprogram", "Rubrik": "Inköp och ekonomi", "Startar": "2026-01-01", "Slutar": "2027-12-31"} | owned],
        "action": [
            {"Nyckel": "inkop", "Rubrik": "Samordnade inköp", "Styrdokument": "namndplan-2026", "Åtgärdsprogram": "inkopsprogram"}
            | {
                "Mål": "balans; vard",
                "Indikatorer": "vantetid",
                "Slag": "Resultatförbättrande åtgärd",
                "Sikt": "Kortsiktig",
                "Läge": "Pågår",
            }
            | {"Enhet": unit, "Startar": "2026-02-01", "Slutar": "2026-11-30", "Uppdrag": "uppdrag-1", "Beslut": "hsn-39"}
            | owned,
            {"Nyckel": "rattning", "Rubrik": "Rätta avtalen", "Slag": "Korrigerande åtgärd", "Korrigerar delmål": "avtal", "Mål": "balans"},
        ],
        "estimate": [
            estimate | {"År": 2026, "Bruttoeffekt (kr)": 5000000, "Nettoeffekt (kr)": "4 000 000,50", "Engångskostnad (kr)": 100000},
            estimate | {"År": 2027, "Bruttoeffekt (kr)": 6e6, "Nettoeffekt (kr)": 5e6, "Lägst (kr)": 4e6, "Högst (kr)": 6e6},
        ],
        "realisation": [{"Åtgärd": "inkop", "Månad": "2026-03", "Planerat (kr)": 400000, "Hemtaget (kr)": -1.5, "Underlag": "Huvudboken"}],
        "balance-requirement": [{"Styrdokument": "namndplan-2026", "År": 2026, "Belopp (kr)": 12000000}],
        "obstacle": [
            {"Nyckel": "motstand", "Slag": "Förändringsmotstånd", "Rubrik": "Vana", "Åtgärd": "inkop", "Anmält": "2026-02-10"} | owned
        ],
        "goal-conflict": [{"Ett mål": "vard", "Ett annat mål": "balans", "Hantering": "Vägs i ledningsdialogen"}],
        "forum": [{"Grupp": f"lpo-{suffix}", "Rapporterar till": committee, "Följer mål": "vard", "Följer indikatorer": "vantetid"}],
        "mandate": [
            {"Nyckel": "namnden-ekonomi", "Rubrik": "Ekonomi", "Nivå": "Politiskt beslut", "Ämne": "ekonomi", "Beloppsgräns (kr)": 10000000}
            | {
                "Organ": committee,
                "Givet av": f"fullmaktige-{suffix}",
                "Får korrigera": "ja",
                "Korrigerar organ": f"{administration}; {unit}",
            }
            | {"Gäller från": "2026-01-01", "Gäller till och med": "2026-12-31", "Punkt": "4.2"},
            {"Nyckel": "direktoren-inkop", "Rubrik": "Inköp", "Nivå": "Tjänstemannabeslut", "Ämne": "ekonomi.inköp", "Givet av": committee}
            | {"Organ": administration, "Funktion": "DIRECTOR", "Beloppsgräns (kr)": 500000},
        ],
        "decision": [
            {"Nyckel": "hsn-39", "Organ": committee, "Beslutsdatum": "2025-12-03", "Paragraf": "§ 39", "Diarienummer": "HSN/12/2025"}
            | {
                "Beslut": "Inköp samordnas.",
                "Nivå": "Politiskt beslut",
                "Mandat": "namnden-ekonomi",
                "Ämne": "ekonomi.inköp",
                "Belopp (kr)": 5e6,
            },
        ],
        "transfer": [
            {"Från plan": "namndplan-2026", "Till plan": "namndplan-2027", "Hur": "Oförändrad", "Mål": "balans", "Nytt mål": "balans-2027"},
            {
                "Från plan": "namndplan-2026",
                "Till plan": "namndplan-2027",
                "Hur": "Struken",
                "Mål": "vard",
                "Skäl": "Uppnått i regionplanen.",
            },
        ],
    }


def as_tables(rows: Rows, *, kinds: tuple[str, ...] = ()) -> tuple[Table, ...]:
    """Whole sheets, in the order of the template; with `kinds` those alone."""
    found = []
    for sheet in SHEETS:
        if sheet.kind in rows and (not kinds or sheet.kind in kinds):
            header = [column.name for column in sheet.columns]
            found.append((sheet.name, [header, *([row.get(name, "") for name in header] for row in rows[sheet.kind])]))
            assert all(set(row) <= set(header) for row in rows[sheet.kind]), BY_KIND[sheet.kind].name
    return tables_of(found)
