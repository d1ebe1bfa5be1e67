"""Two small sources and an indicator in which nothing is wrong, for tests that make one thing wrong."""

from datetime import date

from styrkedja.core.indicators.definition.library import read_library

ON = date(2026, 11, 22)

VISITS = """\
id = "visits"
title = "Besök"
description = "En rad för varje besök."
date = "visited_on"
unit = "unit"
entity = "patient"

[columns.visited_on]
type = "date"
title = "Dag"

[columns.referred_on]
type = "date"
title = "Remissdag"
missing = true

[columns.unit]
type = "unit"
title = "Enhet"

[columns.listed_unit]
type = "unit"
title = "Listad på"
missing = true

[columns.patient]
type = "key"
title = "Patient"

[columns.caregiver]
type = "key"
title = "Vårdgivare"

[columns.contact]
type = "code"
title = "Form"
codes = { visit = "besök", home_visit = "hembesök", phone = "samtal" }

[columns.diagnosis]
type = "code"
title = "Diagnos"
pattern = "[A-Z][0-9]{2}"

[columns.planned]
type = "boolean"
title = "Planerat"

[columns.sex]
type = "code"
title = "Kön"
codes = { K = "kvinnor", M = "män" }

[columns.age]
type = "integer"
title = "Ålder"
least = 0
most = 120

[columns.points]
type = "integer"
title = "Poäng"
parts = 1000

[columns.cost]
type = "ore"
title = "Kostnad"

[columns.fee]
type = "ore"
title = "Avgift"
part_of = "cost"

[columns.waited]
type = "integer"
title = "Väntan"
derived = { days_from = "referred_on", days_to = "visited_on" }

[columns.age_group]
type = "code"
title = "Åldersgrupp"
derived = { bands_of = "age", starts = [0, 18, 65] }
"""
POPULATION = """\
id = "population"
title = "Folkmängd"
description = "Invånare vid årets slut."
date = "counted_on"
unit = "region"
snapshot = "year"

[columns.counted_on]
type = "date"
title = "Dag"

[columns.region]
type = "unit"
title = "Region"
level = "REGION"

[columns.sex]
type = "code"
title = "Kön"
codes = { K = "kvinnor", M = "män" }

[columns.age]
type = "integer"
title = "Ålder"
least = 0

[columns.persons]
type = "integer"
title = "Invånare"

[columns.age_group]
type = "code"
title = "Åldersgrupp"
derived = { bands_of = "age", starts = [0, 20, 65] }
"""
INDICATOR = """\
id = "hembesok"
title = "Andel hembesök"
description = "Hembesök av alla besök."
coverage = "Alla utförare."
kind = "INDICATOR"
perspective = "production"
direction = "up"
levels = ["NATION", "REGION", "UNIT"]
frequency = "month"
dimensions = ["sex"]
minimum_n = 5
author = "Analytiker"
checker = "Medicinsk rådgivare"
reviewed_on = 2026-09-01
next_review = 2027-09-01

[origin]
name = "Hembesök"
publisher = "SKR"
version = "2022"
wording = "Hembesök av alla besök."

[value]
form = "percentage"
unit = "%"

[numerator]
source = "visits"
aggregate = "count"
where = { contact = "home_visit", age = { from = 65 } }

[denominator]
source = "visits"
aggregate = "count"
where = { age = { from = 65 } }

[[targets]]
value = 20
by = 2027-12-31
origin = "Regionplan 2027"
baseline = 12.5
baseline_on = 2025-12-31

[[ready]]
source = "kolada"
id = "N79173"
title = "Hembesök, %"
"""
SOURCES = {"visits.toml": VISITS, "population.toml": POPULATION}
INDICATORS = {"hembesok.toml": INDICATOR}


def encoded(files):
    return {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}


def library(indicator=INDICATOR, *, sources=SOURCES, others=None, on=ON):
    return read_library(encoded(sources), encoded({"hembesok.toml": indicator} | (others or {})), on=on)


def changed(text, old, new):
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def with_value(value, *, extra="", indicator=INDICATOR):
    """The indicator with other tables in the place of [value], [numerator] and [denominator], without targets."""
    head = indicator[: indicator.index("[value]")]
    return f"{head}{value}{extra}"


def line_of(text, wanted, occurrence=-1):
    return [number for number, line in enumerate(text.split("\n"), 1) if wanted in line][occurrence]


def told(found):
    """Findings as (file, line, message)."""
    return [(finding.file, finding.line, finding.message) for finding in found]


# Values in other forms, without what stands before [value].
COUNT = '[value]\nform = "count"\nunit = "besök"\n\n[numerator]\nsource = "visits"\n'
RATIO = (
    '[value]\nform = "ratio"\nunit = "kr per besök"\nfactor = 0.01\n\n[numerator]\nsource = "visits"\naggregate = "sum"\ncolumn = "cost"\n'
)
VISITS_COUNTED = '\n[denominator]\nsource = "visits"\naggregate = "count"\n'
PEOPLE = '\n[denominator]\nsource = "population"\naggregate = "sum"\ncolumn = "persons"\n'
RATE = '[value]\nform = "rate"\nunit = "per 1 000 invånare"\nfactor = 1000\n\n[numerator]\nsource = "visits"\naggregate = "count"\n'
INDEX = (
    '[value]\nform = "index"\nunit = "index"\n\n[numerator]\nsource = "visits"\naggregate = "entity_index"\nindex = "coc"\n'
    'by = "caregiver"\nwindow_months = 18\nminimum_visits = 3\nattributed_to = "listed_unit"\n'
)
FLAG = (
    '[value]\nform = "count"\nunit = "besök"\n\n[numerator]\nsource = "visits"\naggregate = "event_flag"\n'
    'of = "visited_on"\nfollowed_by = "referred_on"\nwithin_days = 30\n'
)
STANDARD = (
    '[value]\nform = "age_standardised"\nunit = "per 1 000 invånare"\nfactor = 1000\n\n[numerator]\nsource = "visits"\naggregate = "count"\n'
    + VISITS_COUNTED
    + '\n[standard]\ncolumn = "age_group"\npopulation = "Sverige 2020"\nweights = { "0–17" = 20, "18–64" = 60, "65–" = 20 }\n'
)
REGION_ONLY = changed(INDICATOR, 'levels = ["NATION", "REGION", "UNIT"]', 'levels = ["NATION", "REGION"]')


def faults(text):
    found = library(text)
    assert ("hembesok" in found.definitions) == (not found.faults)
    assert all(file == "indicators/hembesok.toml" for file, _line, _message in told(found.faults))
    return [(line, message) for _file, line, message in told(found.faults)]


def assert_told(text, at, message):
    assert [line for line, words in faults(text) if words.startswith(message)] == [line_of(text, at, 0)], faults(text)
