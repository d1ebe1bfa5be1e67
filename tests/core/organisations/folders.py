"""A small county in which nothing is wrong, for tests that make one thing wrong."""

from styrkedja.core.organisations.county_files import read_county
from styrkedja.core.toml.findings import FileFinding

NATIONAL_BODIES = {"sverige": "NATION", "region-x": "REGION", "npo-a": "PROGRAMME_GROUP", "npo-b": "PROGRAMME_GROUP"}

COUNTY = """\
[county]
key = "x"
name = "X län"
code = "99"
region = "region-x"

[lists]
principals = ["region-x", "by"]
lpo = ["lpo-a", "lpo-b"]

[functions]
CHAIR = "Ordförande"
COORDINATOR = "Samordnare"

[[registry_series]]
key = "RS"
authority = "region-x"
name = "Regionens diarium"
format = "{series}/{number}/{year}"

[calendar]
closed_days = [2026-05-15]
"""
ORGANISATIONS = """\
[[organisation]]
key = "by"
kind = "MUNICIPALITY"
name = "By kommun"
code = "9901"
parents = ["sverige"]

[[organisation]]
key = "namnd"
kind = "COMMITTEE"
name = "Nämnden"
parents = ["by"]
"""
GROUPS = """\
[[group]]
key = "lpo-a"
kind = "PROGRAMME_GROUP"
level = "LOCAL"
name = "LPO a"
parent = "region-x"
host = "region-x"
counterparts = ["npo-a", "npo-b"]

[[group]]
key = "lpo-b"
kind = "PROGRAMME_GROUP"
level = "LOCAL"
name = "LPO b"
parent = "region-x"
"""
SEATS = """\
[[seat]]
body = "region-x"
function = "COORDINATOR"
title = "Regionens samordnare"

[[seat]]
bodies = "list:lpo"
function = "CHAIR"
time_percent = 20
"""
LEAD_TIMES = """\
[[lead_time]]
routine = "rutin"
step = "1"
working_days = 10

[[lead_time]]
routine = "rutin"
step = "13a"
working_days = 1
remind_before = 0
escalate_after = 3
escalate_to = "region-x:COORDINATOR"
"""
ACCOUNTS = """\
[[account]]
username = "samordnare"
name = "Samordnare"
seats = ["region-x:COORDINATOR", "lpo-a:CHAIR"]

[[account]]
username = "administrator"
name = "Administratör"
seats = []
administrator = true
"""
FOLDER = {
    "county.toml": COUNTY,
    "organisations.toml": ORGANISATIONS,
    "groups.toml": GROUPS,
    "seats.toml": SEATS,
    "lead-times.toml": LEAD_TIMES,
    "accounts.toml": ACCOUNTS,
}


def encoded(folder):
    return {name: text.encode() for name, text in folder.items()}


def changed(file, old, new):
    """The folder with one text exchanged for another in one file."""
    assert FOLDER[file].count(old) == 1, f"{old!r} stands {FOLDER[file].count(old)} times in {file}"
    return FOLDER | {file: FOLDER[file].replace(old, new)}


def added(file, text):
    """The folder with text after the end of one file."""
    return FOLDER | {file: FOLDER[file] + text}


def line_of(folder, file, text, occurrence=-1):
    """The line of a text in a file: the last place unless another is asked for."""
    return [number for number, line in enumerate(folder[file].split("\n"), 1) if text in line][occurrence]


def faults(folder):
    """What is wrong, as (file, line, message); a county with a fault is never given out."""
    reading = read_county(encoded(folder), known_bodies=NATIONAL_BODIES)
    assert (reading.county is None) == bool(reading.findings)
    assert all(isinstance(finding, FileFinding) for finding in reading.findings)
    return [(finding.file, finding.line, finding.message) for finding in reading.findings]
