"""The project's own sources and indicators."""

import re
from datetime import date
from itertools import combinations

import pytest

from styrkedja.core.indicators.definition.hashing import content_hash
from styrkedja.core.indicators.definition.kinds import Aggregate, ContinuityIndex, Form, Perspective
from styrkedja.core.indicators.definition.library import read_library
from styrkedja.core.organisations.kinds import OrganisationKind
from tests.architecture.sources import ROOT

FOLDER = ROOT / "definitions"
# A day on which every definition is in force, whenever the tests run.
ON = date(2026, 11, 22)
LIBRARY = read_library(
    {path.name: path.read_bytes() for path in (FOLDER / "sources").glob("*.toml")},
    {path.name: path.read_bytes() for path in (FOLDER / "indicators").glob("*.toml")},
    on=ON,
)
DEFINITIONS = sorted(LIBRARY.definitions.values(), key=lambda definition: definition.id)


def test_library_has_neither_faults_nor_warnings():
    assert (LIBRARY.faults, LIBRARY.warnings) == ((), ())
    assert len(DEFINITIONS) == len(list((FOLDER / "indicators").glob("*.toml")))


def test_library_has_the_figures_that_the_field_asks_for():
    wanted = {
        "kontinuitetsindex-lakare",
        "kontinuitetsindex-alla",
        "upc-lakare",
        "hembesok-antal",
        "hembesok-per-1000",
        "medicinsk-bedomning-tre-dagar",
        "vantande-forsta-kontakt-90-dagar",
        "genomford-forsta-kontakt-90-dagar",
        "vantande-operation-90-dagar",
        "genomford-operation-90-dagar",
        "paverkbar-slutenvard",
        "aterinskrivning-30-dagar",
        "aterinskrivning-valda-diagnoser",
        "fallskador-65",
        "medelvardtid-utskrivningsklar",
        "kostnad-per-drg-poang-sluten",
        "kostnad-per-drg-poang-oppen",
        "nettokostnad-per-invanare",
        "nettokostnadsavvikelse",
    }
    assert wanted <= LIBRARY.definitions.keys()
    assert len(DEFINITIONS) >= 32
    assert sum(definition.is_computed for definition in DEFINITIONS) >= 25


def test_every_aggregate_index_and_form_is_used():
    measures = [measure for definition in DEFINITIONS for measure in definition.cell_measures]
    assert {measure.aggregate for measure in measures} == set(Aggregate)
    assert {measure.index.index for measure in measures if measure.index} == set(ContinuityIndex)
    assert {definition.value.form for definition in DEFINITIONS} == set(Form)
    assert {definition.perspective for definition in DEFINITIONS} == set(Perspective)


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda definition: definition.id)
def test_definition_has_an_origin_and_two_functions_that_stand_for_it(definition):
    origin = definition.origin
    assert all((origin.name, origin.publisher, origin.version))
    # What is not quoted is said not to have been found, or to be our own.
    assert origin.wording or re.search(r"inte (återfunnen|återgiven)|Egen definition|vår", f"{origin.note} {origin.publisher}")
    assert definition.author != definition.checker
    assert definition.reviewed_on < definition.next_review
    assert definition.coverage


@pytest.mark.parametrize(
    "definition", [one for one in DEFINITIONS if "Kolada" in one.origin.publisher], ids=lambda definition: definition.id
)
def test_definition_from_kolada_names_its_id_and_fetches_it(definition):
    named = set(re.findall(r"[NU]\d{5}", definition.origin.name))
    fetched = {code for ready in definition.ready if ready.source == "kolada" for code in (ready.id, ready.reference) if code}
    assert named == fetched


def test_one_indicator_has_several_sources_side_by_side():
    keys = [ready.key for ready in LIBRARY.definitions["fast-lakarkontakt"].ready]
    assert keys == ["file:fast-lakarkontakt-befolkningsenkat", "file:fast-lakarkontakt-verksamhetsstatistik"]


def test_the_two_readmissions_are_two():
    ids = [LIBRARY.definitions[name].ready[0].id for name in ("aterinskrivning-30-dagar", "aterinskrivning-valda-diagnoser")]
    assert ids == ["U79092", "N20506"]


def test_no_two_definitions_give_the_same_values():
    assert len({content_hash(definition) for definition in DEFINITIONS}) == len(DEFINITIONS)


def test_the_standard_population_sums_to_that_of_persons_of_twenty_and_older():
    """Eurostat's European standard population 2013: 100 000 in all, 21 500 of them under twenty."""
    assert sum(LIBRARY.definitions["paverkbar-slutenvard"].standard.weights.values()) == 100_000 - 21_500


@pytest.mark.parametrize("source", LIBRARY.sources.values(), ids=lambda source: source.id)
def test_source_has_no_free_text_and_every_person_is_a_pseudonym(source):
    assert not [name for name in source.columns if "name" in name.split("_") and name != "with_named_doctor"]
    assert not source.entity or source.columns[source.entity].type == "key"


def test_no_two_indicators_count_the_same_below_the_region():
    """Each is protected by itself (docs/disclosure.md): two windows of the one and the months of the other would give a withheld month away."""
    below = [one for one in DEFINITIONS if one.is_computed and OrganisationKind.UNIT in one.levels]
    pairs = [(one.id, other.id) for one, other in combinations(below, 2) if set(one.cell_measures) & set(other.cell_measures)]
    assert pairs == []
