"""Reviews from and to tables: all or nothing, twice the same, and everything that is wrong at once."""

from datetime import date, datetime
from typing import Any

import pytest

from styrkedja.audits.models import (
    KINDS,
    AuditRecommendation,
    AuditResponse,
    AuditReview,
    ProgressReport,
    PromisedAction,
    RecommendationAnswer,
)
from styrkedja.audits.services import load_reviews
from styrkedja.core.steering.workbook.columns import Holds
from styrkedja.core.steering.workbook.sheets_of_audits import AUDIT_SHEETS
from styrkedja.effects.services import Loaded
from styrkedja.effects.workbook.exporting import chain_tables
from styrkedja.ledger.models import ObjectVersion
from styrkedja.organisations.models import County
from tests.factories.audit_tables import as_audit_tables, audit_rows
from tests.factories.chain_tables import Rows, as_tables, chain_rows
from tests.factories.counties import body, make_holder, seat
from tests.factories.steering import make_indicator

ON = date(2026, 9, 16)


@pytest.fixture
def county(county: County) -> County:
    make_indicator("vantetid")
    return county


def load(at: datetime, rows: Rows | None = None, *, chain: bool = True, **options: Any) -> Loaded:
    tables = (*(as_tables(chain_rows()) if chain else ()), *as_audit_tables(audit_rows() if rows is None else rows))
    return load_reviews(**{"actor": None, "tables": tables, "at": at} | options)


def counts() -> dict[str, int]:
    return {kind: model._default_manager.count() for kind, model in KINDS.items()} | {"versions": ObjectVersion.objects.count()}


def test_a_file_with_reviews_and_the_chain_is_brought_in_whole(county: County, at: datetime) -> None:
    found = load(at)
    assert found.faults == ()
    review = AuditReview.objects.get(key="nara-vard-2025")
    assert (review.stated_count, {one.name for one in review.addressed.all()}) == (2, {"Regionstyrelsen", "Hälso- och sjukvårdsnämnden"})
    national = AuditReview.objects.get(key="kunskapsstyrning-2017")
    assert (national.kind, national.stated_count, list(national.addressed.all())) == (
        "NATIONAL_RECOMMENDATION",
        None,
        [body(county, "styrelsen").organisation.body_ptr],
    )
    first = AuditRecommendation.objects.get(key="nara-vard-2025-1")
    assert (first.number, first.report_paragraph, first.closed_on) == ("1", "§ 9", date(2026, 9, 9))
    response = AuditResponse.objects.get(key="rs-svar")
    assert (response.state, response.decided_until, response.paragraph) == ("DECIDED", date(2026, 3, 26), "§ 39")
    assert set(response.signatories.all()) == {seat(county, "styrelsen", "CHAIR"), seat(county, "forvaltningen", "DIRECTOR")}
    answer = RecommendationAnswer.objects.get(response=response)
    assert (answer.key, answer.accountable_body, answer.county) == ("rs-svar-nara-vard-2025-1", body(county, "styrelsen"), county)
    promise = PromisedAction.objects.get(key="lofte-1")
    assert (promise.action.key, promise.accountable_seat) == ("inkop", seat(county, "forvaltningen", "DIRECTOR"))
    report = ProgressReport.objects.get()
    assert ([one.key for one in report.goals.all()], [one.key for one in report.indicators.all()]) == (["balans"], ["vantetid"])


def test_brought_in_again_it_changes_nothing(county: County, at: datetime) -> None:
    load(at)
    before = counts()
    again = load(at)
    assert (again.created, again.changed, again.faults, counts()) == ((), (), (), before)


def test_what_is_written_out_changes_nothing_when_it_is_read_in(county: County, at: datetime) -> None:
    load(at)
    before = counts()
    written = chain_tables(None, on=ON, sheets=AUDIT_SHEETS, models=KINDS)
    assert [len(table.rows) for table in written] == [2, 3, 2, 2, 2, 1, 1]
    again = load_reviews(actor=None, tables=written, at=at)
    assert (again.created, again.changed, again.faults, counts()) == ((), (), (), before)


def test_drafts_are_written_out_to_their_own_body_alone(county: County, at: datetime) -> None:
    load(at)
    board = make_holder(county, "styrelsen", "CONTROLLER")
    written = {table.name: str(table.rows) for table in chain_tables(board, on=ON, sheets=AUDIT_SHEETS, models=KINDS)}
    assert "rs-svar" in written["Svar"]
    assert not any("hsn-svar" in rows for rows in written.values())


def test_a_change_names_its_columns_and_leaves_the_rest(county: County, at: datetime) -> None:
    load(at)
    rows = audit_rows()
    rows["audit-recommendation"][1] |= {"Återrapporteras senast": "2027-01-31"}
    found = load(at, rows)
    assert [(row.sheet, row.row, row.key, row.columns) for row in found.changed] == [
        ("Rekommendationer", 3, "nara-vard-2025-2", ("Återrapporteras senast",))
    ]
    assert found.created == ()


def test_a_preview_stores_nothing(county: County, at: datetime) -> None:
    found = load(at, is_preview=True)
    assert len(found.created) > 10
    assert counts() == dict.fromkeys(counts(), 0)


WRONG: list[tuple[str, int, dict[str, Any], str]] = [
    ("audit-review", 0, {"Diarienummer": "åtta"}, "Granskningar, rad 2: ”åtta” är inget diarienummer"),
    ("audit-review", 0, {"Svar senast": "2025-01-01"}, "kolumnen Svar senast: Svaret ska lämnas innan granskningen kom in"),
    ("audit-review", 0, {"Angivet antal rekommendationer": -1}, "Talet kan inte vara mindre än 0"),
    ("audit-recommendation", 1, {"Nummer": "1"}, "redan en rekommendation med beteckningen 1"),
    ("audit-recommendation", 0, {"Återrapporterad": ""}, "Beslutet gäller en återrapport"),
    ("audit-recommendation", 0, {"Paragraf": "nio"}, "är ingen paragraf"),
    ("audit-recommendation", 0, {"Granskning": "finns-inte"}, "Granskning ”finns-inte” finns varken i filen eller i systemet"),
    ("audit-response", 0, {"Beslutsdatum": ""}, "Svaret är beslutat. Ange beslutsdatumet."),
    ("audit-response", 0, {"Beslutsdatum": "2027-01-01", "Till och med": ""}, "Beslutsdatumet ligger i framtiden"),
    ("audit-response", 1, {"Ansvarigt organ": "forvaltningen-exempellan"}, "Granskningen är inte riktad till"),
    ("audit-response", 1, {"Ansvarigt organ": "styrelsen-exempellan"}, "har redan ett svar på granskningen, med nyckeln rs-svar"),
    ("audit-response", 0, {"Undertecknas av": "Förnamn Efternamn"}, "Funktionen ”Förnamn Efternamn” finns inte"),
    ("recommendation-answer", 1, {"Rekommendation": "kunskap-a"}, "hör till olika granskningar"),
    ("recommendation-answer", 1, {"Ställningstagande": "Kanske"}, "kan inte väljas. Välj bland ”Delar”"),
    ("promised-action", 0, {"Ansvarig funktion": "Ekonomidirektör"}, "Funktionen ”Ekonomidirektör” finns inte"),
    ("promised-action", 0, {"Åtgärd i styrkedjan": "ingen"}, "finns varken i filen eller i systemet"),
    ("follow-up", 0, {"Nivå": "Kommunal"}, "kan inte väljas"),
    ("progress-report", 0, {"Periodens sista dag": "2025-12-31"}, "slutar innan den börjar"),
    ("progress-report", 0, {"Lämnad": ""}, "Ange när den lämnades"),
]


def test_what_is_wrong_is_told_by_sheet_and_row_and_nothing_is_stored(county: County, at: datetime) -> None:
    load(at, {})
    before = counts()
    for kind, row, values, message in WRONG:
        rows = audit_rows()
        rows[kind][row] |= values
        told = [str(fault) for fault in load(at, rows, chain=False).faults]
        sheet = next(sheet for sheet in AUDIT_SHEETS if sheet.kind == kind)
        assert any(message in one and one.startswith(f"{sheet.name}, rad {row + 2}") for one in told), (message, told)
        assert counts() == before


def test_what_an_object_hangs_in_is_not_changed(county: County, at: datetime) -> None:
    load(at)
    before = counts()
    rows = {"audit-recommendation": [{"Nyckel": "kunskap-a", "Granskning": "nara-vard-2025", "Nummer": "9", "Rekommendation": "x"}]}
    [fault] = load(at, rows, chain=False).faults
    assert "finns redan med ett annat värde i ”granskning”, som inte kan ändras" in fault.message
    assert counts() == before


def test_a_person_brings_in_what_the_person_may_write(county: County, at: datetime) -> None:
    load(at)
    board = make_holder(county, "styrelsen", "CONTROLLER")
    before = counts()
    rows = audit_rows()
    rows["promised-action"][0] |= {"Utlovad åtgärd": "Något annat"}
    found = load(at, {"promised-action": rows["promised-action"][:1]}, chain=False, actor=board)
    assert "Svaret beslutades 25 mar 2026 och ändras inte" in found.faults[0].message
    rows["audit-response"][1] |= {"Svaret i allmänhet": "Styrelsen skriver i nämndens svar."}
    found = load(at, {"audit-response": rows["audit-response"][1:]}, chain=False, actor=board)
    assert found.faults != ()
    assert counts() == before


def test_the_words_of_the_sheets_are_those_of_the_pages() -> None:
    for sheet in AUDIT_SHEETS:
        for column in sheet.columns:
            if column.holds == Holds.CHOICE:
                field = KINDS[sheet.kind]._meta.get_field(column.field)
                assert {str(label): value for value, label in field.flatchoices} == dict(column.choices), column.name
            assert KINDS[sheet.kind]._meta.get_field(column.field)


def test_every_field_of_every_model_has_a_column() -> None:
    """But what follows from what an object hangs in, and what nobody is asked for."""
    kept_by_program = {"id", "version", "created_at", "changed_at", "county"}
    derived = {"audit-recommendation", "recommendation-answer", "promised-action", "follow-up"}
    for sheet in AUDIT_SHEETS:
        model = KINDS[sheet.kind]
        fields = {field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many]} - kept_by_program
        if sheet.kind in derived:
            fields -= {"accountable_body"}
        left_out = fields - {column.field for column in sheet.columns}
        assert left_out <= {"title", "accountable_seat", "text"}, sheet.name
