"""One fault each in an indicator that is otherwise right: it is told, in Swedish, on its line. Most is valid TOML, and nonsense."""

import pytest

from tests.core.indicators.definition.files import (
    COUNT,
    FLAG,
    INDEX,
    INDICATOR,
    PEOPLE,
    RATE,
    RATIO,
    STANDARD,
    VISITS_COUNTED,
    assert_told,
    changed,
    faults,
    with_value,
)


def test_indicator_without_faults_has_no_findings():
    assert faults(INDICATOR) == []


@pytest.mark.parametrize(
    "value", [COUNT + 'aggregate = "count"\n', RATIO + VISITS_COUNTED, RATIO, INDEX, FLAG, STANDARD], ids=lambda value: value[15:25]
)
def test_every_form_has_a_text_without_faults(value):
    if value == RATIO:
        value = value.replace('"ratio"', '"mean"')
    assert faults(with_value(value)) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        # what is wrong in itself
        ('id = "hembesok"', 'id = "Hembesök"', "”id” har värdet ”Hembesök” men får bara innehålla små bokstäver"),
        ('id = "hembesok"', 'id = "hembesok-2"', "”id” är ”hembesok-2” men filen heter ”hembesok.toml”."),
        ('kind = "INDICATOR"', 'kind = "indicator"', "”kind” har det okända värdet ”indicator”. Tillåtna är ”INDICATOR” och ”KEY_FIGURE”."),
        ('"UNIT"]', '"WARD"]', "”levels” har det okända värdet ”WARD”."),
        ('"UNIT"]', '"COUNCIL"]', "”levels” har det okända värdet ”COUNCIL”."),
        ('"UNIT"]', '"NATION"]', "”levels” innehåller ”NATION” två gånger."),
        ('["NATION", "REGION", "UNIT"]', '["UNIT", "REGION"]', "Nivåerna ska stå uppifrån och ned: ”REGION” och ”UNIT”."),
        ('["NATION", "REGION", "UNIT"]', "[]", "”levels” är en tom lista."),
        ("minimum_n = 5", "minimum_n = 0", "”minimum_n” är 0 men ska vara från 1 till 100000."),
        (
            "minimum_n = 5",
            "minimum_N = 5",
            "Okänd nyckel ”minimum_N”." if False else "Okänd tabell eller nyckel ”minimum_N”. Menade du ”minimum_n”?",
        ),
        ("reviewed_on = 2026-09-01", "reviewed_on = 2026-02-30", "Filen följer inte TOML. Datumet finns inte i kalendern."),
        # review and kind
        ("reviewed_on = 2026-09-01", "reviewed_on = 2026-12-24", "”reviewed_on” är 2026-12-24, ett datum som inte har varit."),
        (
            "next_review = 2027-09-01",
            "next_review = 2026-09-01",
            "”next_review” är 2026-09-01 men ska ligga efter granskningen den 2026-09-01.",
        ),
        ('checker = "Medicinsk rådgivare"', 'checker = "Analytiker"', "Den som har skrivit definitionen kan inte själv granska den."),
        ('frequency = "month"', 'frequency = "year"\nmonths = 3', "Ett värde för varje år kan inte omfatta bara 3 mån"),
        ('direction = "up"', 'direction = "neutral"', "En indikator har en önskad riktning, ett nyckeltal har ingen."),
        # origin
        ('wording = "Hembesök av alla besök."', 'wording = ""', "”wording” är tom."),
        # value
        ('unit = "%"', 'unit = "%"\nfactor = 0', "”factor” är 0 men ska vara större än 0."),
        ('unit = "%"', 'unit = "%"\nfactor = nan', "”factor” är nan och går inte att räkna med."),
        ('unit = "%"', 'unit = "%"\nfactor = inf', "”factor” är inf och går inte att räkna med."),
        ('unit = "%"', 'unit = "%"\nfactor = 1000', "En andel i procent har factor = 100."),
        ('unit = "%"', 'unit = "antal"', "En andel anges i procent, men ”unit” är ”antal”."),
        ('unit = "%"', 'unit = "%"\nannualised = true', "Ett värde av formen ”percentage” kan inte räknas om till år."),
        # measures against their source
        ('contact = "home_visit"', 'contakt = "home_visit"', "Källan ”visits” har ingen kolumn ”contakt”. Menade du ”contact”?"),
        ('contact = "home_visit"', 'contact = "home_vist"', "Kolumnen ”contact” har ingen kod ”home_vist”. Menade du ”home_visit”?"),
        ('contact = "home_visit"', "contact = true", "”true” passar inte i kolumnen ”contact”, som är en kod."),
        ('contact = "home_visit"', "contact = 1.5", "”contact” har ett villkor som inte går att förstå."),
        ('contact = "home_visit"', "contact = []", "”contact” är en tom lista."),
        ('contact = "home_visit"', "contact = { from = 1 }", "Kolumnen ”contact” är en kod och har ingen ordning."),
        ('contact = "home_visit"', "contact = { form = 1 }", "”form” är en okänd nyckel. Menade du ”from”?"),
        ('contact = "home_visit"', "contact = { missing = true }", "Kolumnen ”contact” har alltid ett värde"),
        ('contact = "home_visit"', 'contact = { starts_with = ["x"] }', "Kolumnen ”contact” har ingen kod som börjar med ”x”."),
        ('contact = "home_visit"', 'contact = { starts_with = ["h"], missing = true }', "”contact” ska ha ett enda slags villkor."),
        ('contact = "home_visit"', 'diagnosis = "W0"', "Koden ”W0” har inte den form som kolumnen ”diagnosis” anger. Menade du"),
        ('contact = "home_visit"', 'diagnosis = { starts_with = ["W0", "W01"] }', "”W01” ryms redan i en annan början."),
        ('contact = "home_visit"', 'age_group = "65+"', "Kolumnen ”age_group” har ingen kod ”65+”."),
        ('contact = "home_visit"', "planned = [true, false]", "Villkoret gäller alltid."),
        ('contact = "home_visit"', 'patient = "a"', "Kolumnen ”patient” är en pseudonym. Dess värden kan inte väljas ut."),
        ('contact = "home_visit"', 'visited_on = "i går"', "”i går” passar inte i kolumnen ”visited_on”, som är ett datum."),
        ('contact = "home_visit"', "waited = { from = 5, until = 5 }", "”until” är 5 men ska vara större än ”from”, som är 5."),
        ('contact = "home_visit"', "waited = { from = 5, until = 2026-01-01 }", "”until” ska vara av samma slag som ”from”"),
        ('contact = "home_visit"', "waited = { from = 2026-01-01 }", "Gränserna passar inte i kolumnen ”waited”, som är ett heltal."),
        (
            'home_visit", age = { from = 65 }',
            'home_visit", age = { from = 121 }',
            "Kolumnen ”age” har aldrig ett värde mellan de gränserna.",
        ),
        ('home_visit", age = { from = 65 }', 'home_visit", age = 130', "Kolumnen ”age” har aldrig värdet 130."),
        (
            'contact = "home_visit", age = { from = 65 } }',
            'contact = "home_visit", age = { from = 65 } }\nexclude = [{}]',
            "”exclude” är en tom tabell.",
        ),
        (
            'contact = "home_visit", age = { from = 65 } }',
            'contact = "home_visit", age = { from = 65 } }\nexclude = [{ age = { from = 50 } }]',
            "Undantaget tar bort allt som ”where” väljer ut",
        ),
        # dimensions
        ('dimensions = ["sex"]', 'dimensions = ["sexx"]', "Källan ”visits” har ingen kolumn ”sexx”. Menade du ”sex”?"),
        ('dimensions = ["sex"]', 'dimensions = ["age"]', "”age” i ”visits” har inga koder att dela upp på."),
        # targets
        ("value = 20", "value = 200", "”value” är 200, men ett värde av formen ”percentage” ligger mellan 0 och 100."),
        ("value = 20", "value = 10", "Målet 10 är sämre än utgångsvärdet 12.5."),
        ("by = 2027-12-31", "by = 2026-06-30", "Målet skulle vara nått 2026-06-30, innan definitionen granskades den 2026-09-01."),
        ("baseline_on = 2025-12-31", "baseline_on = 2028-01-01", "”baseline_on” är 2028-01-01 men ska ligga före 2027-12-31"),
        # ready values
        (
            'source = "kolada"',
            'source = "colada"',
            "”source” har det okända värdet ”colada”. Tillåtna är ”kolada”, ”vis” och ”file”. Menade du ”kolada”?",
        ),
        ('id = "N79173"', 'id = "79173"', "”id” är ”79173” men ska vara ett nyckeltals id i Kolada"),
        ('id = "N79173"', 'id = "N79173"\nreference = "N70038"', "”reference” används bara av formen ”deviation”."),
    ],
)
def test_fault_is_told_on_its_line(old, new, message):
    text = changed(INDICATOR, old, new)
    assert_told(text, new.split("\n")[-1], message)


@pytest.mark.parametrize(
    ("value", "old", "new", "at", "message"),
    [
        (
            COUNT,
            'source = "visits"\n',
            'source = "visit"\naggregate = "count"\n',
            'source = "visit"',
            "Det finns ingen källa ”visit” under sources. Menade du ”visits”?",
        ),
        (COUNT, 'source = "visits"\n', 'source = "visits"\naggregate = "avg"\n', "aggregate", "”aggregate” har det okända värdet ”avg”."),
        (
            COUNT,
            'source = "visits"\n',
            'source = "visits"\naggregate = "sum"\n',
            "aggregate",
            "”column” saknas. Det krävs av aggregate = ”sum”.",
        ),
        (
            RATIO,
            '"cost"',
            '"sex"',
            'column = "sex"',
            "”column” är kolumnen ”sex”, som är en kod. Den ska vara ett heltal eller ett belopp i öre.",
        ),
        (RATIO, "factor = 0.01", "factor = 1", "factor", "Belopp summeras i öre. Värdet i ”kr per besök” kräver factor = 0.01, inte 1."),
        (
            RATIO,
            '"kr per besök"',
            '"tkr per besök"',
            "factor",
            "Belopp summeras i öre. Värdet i ”tkr per besök” kräver factor = 1e-05, inte 0.01.",
        ),
        (RATIO, '"ratio"', '"ratio"\nannualised = 1', "annualised", "”annualised” ska vara true eller false"),
        (RATE, '"per 1 000', '"per 100 000', "factor", "”unit” säger per 100000 men factor är 1000."),
        (RATE, '"rate"', '"median"', "form", "En median kan inte summeras från enhet till region"),
        (INDEX, "window_months = 18", "window_months = 0", "window_months", "”window_months” är 0 men ska vara från 1 till 120."),
        (INDEX, "minimum_visits = 3", "minimum_visits = 1", "minimum_visits", "COC kan inte räknas på färre än två besök"),
        (INDEX, '"coc"', '"cox"', "index = ", "”index” har det okända värdet ”cox”. Tillåtna är ”coc” och ”upc”."),
        (INDEX, 'by = "caregiver"', 'by = "patient"', "by = ", "”by” ska vara den som personen har mött, inte personen själv."),
        (INDEX, 'by = "caregiver"', 'by = "sex"', "by = ", "”by” är kolumnen ”sex”, som är en kod. Den ska vara en pseudonym."),
        (
            INDEX,
            'attributed_to = "listed_unit"',
            "own_unit_only = true",
            "own_unit_only",
            "”own_unit_only” jämför besökets enhet med personens egen.",
        ),
        (
            INDEX,
            'attributed_to = "listed_unit"',
            'attributed_to = "sex"',
            "attributed_to",
            "”attributed_to” är kolumnen ”sex”, som är en kod.",
        ),
        (INDEX, '"index"\nunit', '"count"\nunit', "form", "Formen ”index” och aggregate = ”entity_index” hör ihop"),
        (INDEX, 'by = "caregiver"\n', "", "aggregate", "”by” saknas. Det krävs av aggregate = ”entity_index”. Lägg till det."),
        (FLAG, "within_days = 30\n", "", "aggregate", "”within_days” saknas. Det krävs av aggregate = ”event_flag”. Lägg till det."),
        (FLAG, "within_days = 30", "within_days = -1", "within_days", "”within_days” är -1 men ska vara från 0 till 3660."),
        (FLAG, "within_days = 30", "within_days = 30\nevent = { plan = true }", "event = ", "Källan ”visits” har ingen kolumn ”plan”."),
        (FLAG, 'of = "visited_on"', 'of = "age"', "of = ", "”of” är kolumnen ”age”, som är ett heltal. Den ska vara ett datum."),
        (STANDARD, '"65–" = 20', '"65+" = 20', "weights", "Kolumnen ”age_group” har ingen grupp ”65+”."),
        (STANDARD, ', "65–" = 20', "", "weights", "Vikt saknas för ”65–”. Ange 0 för grupper som inte ska räknas."),
        (STANDARD, '"0–17" = 20, "18–64" = 60, "65–" = 20', '"0–17" = 0, "18–64" = 0, "65–" = 0', "weights", "Alla vikter är 0"),
        (STANDARD, '"age_standardised"', '"rate"', "[standard]", "[standard] används bara av formen ”age_standardised”."),
        (STANDARD, '"65–" = 20', '"65–" = -20', "weights", "”65–” är -20 men ska vara från 0 till"),
    ],
)
def test_fault_in_another_form_is_told_on_its_line(value, old, new, at, message):
    needs = {RATIO: VISITS_COUNTED, RATE: VISITS_COUNTED}.get(value, "")
    assert_told(with_value(changed(value, old, new) + needs), at, message)


@pytest.mark.parametrize(
    ("value", "at", "message"),
    [
        (RATIO, "form", "Formen ”ratio” kräver en nämnare. Lägg till [denominator]."),
        (COUNT + 'aggregate = "count"\n' + VISITS_COUNTED, "[denominator]", "Formen ”count” har ingen nämnare."),
        (RATIO.replace('"ratio"', '"mean"').replace('"sum"\ncolumn = "cost"', '"count"'), "aggregate", "Ett medelvärde har en summa som täljare."),
        (STANDARD.replace('[standard]\n', '[standards]\n'), "[standards]", "Okänd tabell eller nyckel ”standards”. Menade du ”standard”?"),
        ('[value]\nform = "count"\nunit = "besök"\n', "id = ", "Indikatorn har inga värden: lägg till [numerator]"),
        ('[value]\nform = "count"\nunit = "besök"\n' + VISITS_COUNTED, "[denominator]", "En nämnare utan täljare räknas aldrig."),
        (COUNT.replace('"count"', '"percentage"').replace('"besök"', '"%"') + 'aggregate = "count"\n' + PEOPLE, 'source = "population"', "En andel har täljare och nämnare ur samma källa"),
        (RATIO.replace("0.01", "100").replace('"ratio"', '"percentage"').replace('"kr per besök"', '"%"') + VISITS_COUNTED, "aggregate", "Täljaren räknar något annat än nämnaren"),
        (COUNT + 'aggregate = "count"\nundivided = ["sex"]\n', "undivided", "Täljaren delas alltid upp."),
        (COUNT.replace('"visits"', '"population"') + 'aggregate = "distinct"\n', "aggregate", "Källan ”population” säger inte vem raderna gäller"),
        (COUNT.replace('"visits"', '"population"') + FLAG[FLAG.index("aggregate") :], "aggregate", "Källan ”population” är ögonblicksbilder och har inga händelser"),
        (COUNT.replace('"visits"', '"population"') + 'aggregate = "count"\nover_time = "sum"\n', "over_time", "Källan ”population” är ögonblicksbilder. Summan av månaderna"),
    ],
)  # fmt: skip
def test_parts_that_do_not_go_together_are_told(value, at, message):
    assert_told(with_value(value), at, message)
