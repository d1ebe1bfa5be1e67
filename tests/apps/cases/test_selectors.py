from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from styrkedja.accounts.models import User
from styrkedja.cases import selectors
from styrkedja.cases.models import Case, Direction, Document
from styrkedja.cases.policies import can_keep_registry, can_open_case, check_open_case
from styrkedja.cases.selectors import RegistryFilter
from styrkedja.cases.services import assign_registry_number, change_subjects, register_document
from styrkedja.core.policies.refusal import Refused
from styrkedja.core.registry_numbers import KNOWN_FORMATS
from styrkedja.organisations.models import County, Substitution
from styrkedja.workflows.models import WorkItem
from tests.factories.accounts import make_user
from tests.factories.cases import AT, make_case, make_file, make_series
from tests.factories.counties import hold, make_county, make_holder, seat

ON = date(2026, 9, 16)


@pytest.fixture
def neighbour(county: County) -> County:
    return make_county("grannlan", name="Grannlän")


def document(actor: User, case: Case, title: str, *, at: datetime = AT, **change: object) -> Document:
    whole = {"direction": Direction.RECEIVED, "dated_on": ON, "counterpart": "Socialstyrelsen", "file": None}
    return register_document(actor=actor, case=case, title=title, at=at, **whole | change)


def test_every_seat_of_the_county_reads_its_cases_and_nobody_else_does(county: County, neighbour: County, registrar: User) -> None:
    case = make_case(registrar, county)
    readers = {
        "own region": registrar,
        "own municipality": make_holder(county, "kommun", "HEAD_OF_OPERATIONS"),
        "own group": make_holder(county, "lpo", "CHAIR"),
        "administrator": make_user("forvaltare", administrator=True),
        "neighbour": make_holder(neighbour, "region", "REGISTRAR"),
        "no seat": make_user("ingen"),
        "closed account": make_holder(county, "lansledning", "CHAIR"),
        "nobody": AnonymousUser(),
    }
    readers["closed account"].is_active = False
    sees = {who: list(selectors.visible_to(user, on=ON)) == [case] for who, user in readers.items()}
    assert sees == {
        "own region": True,
        "own municipality": True,
        "own group": True,
        "administrator": True,
        "neighbour": False,
        "no seat": False,
        "closed account": False,
        "nobody": False,
    }
    for who, user in readers.items():
        assert (selectors.case_by_id(user, case.pk, on=ON) == case) is sees[who], who
        assert (selectors.case_by_number(user, case.number, on=ON) == case) is sees[who], who
        assert selectors.search_cases(user, "stroke", on=ON).exists() is sees[who], who
        assert (sum(1 for _entry in selectors.log_of(user, case, on=ON)) > 0) is False, "nothing is in the log before the commit"


def test_a_seat_gives_access_while_it_is_held(county: County, registrar: User) -> None:
    case, member = make_case(registrar, county), make_user("ledamot")
    hold(member, seat(county, "lpo", "CHAIR"), valid_from=date(2026, 9, 10), valid_until=date(2026, 9, 20))
    days = [date(2026, 9, 9), date(2026, 9, 10), date(2026, 9, 19), date(2026, 9, 20)]
    assert [case in selectors.visible_to(member, on=day) for day in days] == [False, True, True, False]


def test_a_substitute_reads_and_opens_as_the_one_who_is_away(county: County, registrar: User) -> None:
    case, substitute = make_case(registrar, county), make_user("ersattare")
    Substitution.objects.create(account=registrar, substitute=substitute, valid_from=ON, valid_until=ON + timedelta(days=1))
    for day, may in [(ON - timedelta(days=1), False), (ON, True), (ON + timedelta(days=1), False)]:
        assert (case in selectors.visible_to(substitute, on=day)) is may
        assert can_open_case(substitute, county, on=day) is may
        assert can_keep_registry(substitute, county, on=day) is may
    assert check_open_case(substitute, county, on=ON) == "Registrator, Region Exempellän"


def test_a_function_in_one_county_is_none_in_another(county: County, neighbour: County, registrar: User) -> None:
    assert can_open_case(registrar, county, on=ON)
    assert not can_open_case(registrar, neighbour, on=ON)
    with pytest.raises(Refused, match="Bara en registrator eller en samordnare"):
        check_open_case(registrar, neighbour, on=ON)


def test_a_case_is_found_by_either_number(county: County, registrar: User, at: datetime) -> None:
    case = make_case(registrar, county)
    assign_registry_number(actor=registrar, case=case, series=make_series(county, format="{series} {year}/{number}"), at=at)
    for number in ("2026-0001", "RVN 2026/1", " rvn  2026/1 "):
        assert selectors.case_by_number(registrar, number, on=ON) == case
    assert selectors.case_by_number(registrar, "2026-0002", on=ON) is None
    assert selectors.case_by_number(registrar, "", on=ON) is None


def test_a_number_that_two_counties_have_needs_the_county(county: County, neighbour: County, registrar: User) -> None:
    case, other = make_case(registrar, county), make_case(make_holder(neighbour, "region", "REGISTRAR"), neighbour)
    administrator = make_user("forvaltare", administrator=True)
    assert selectors.case_by_number(registrar, "2026-0001", on=ON) == case
    with pytest.raises(Refused, match="Flera län har ett ärende med nummer 2026-0001. Ange även länet."):
        selectors.case_by_number(administrator, "2026-0001", on=ON)
    assert selectors.case_by_number(administrator, "2026-0001", on=ON, county="grannlan") == other


@pytest.mark.parametrize(
    "text",
    [
        "stroke",
        "STROKE",
        "vård",
        "vårdprogram stro",
        "vårdprogram -cancer",
        '"vårdprogram för stroke"',
        "2026-0001",
        "remissen",
        "socialstyrelsen",
    ],
)
def test_a_case_is_found_by_its_words_in_any_form_and_by_its_documents(text: str, county: County, registrar: User) -> None:
    case = make_case(registrar, county, subject="Nationellt vårdprogram för stroke")
    document(registrar, case, "Remiss av förslag")
    make_case(registrar, county, subject="Tandvård för barn")
    assert list(selectors.search_cases(registrar, text, on=ON)) == [case]


@pytest.mark.parametrize(
    "text", ["cancer", "vårdprogram -stroke", "cancer or tandvård", "'); drop table cases_case; --", "& | !", "2026-0009", "gram", "'"]
)
def test_other_words_find_nothing_and_break_nothing(text: str, county: County, registrar: User) -> None:
    make_case(registrar, county, subject="Nationellt vårdprogram för stroke")
    assert list(selectors.search_cases(registrar, text, on=ON)) == []


@pytest.mark.parametrize("format", KNOWN_FORMATS)
def test_a_case_is_found_by_its_registry_number_in_every_format(format: str, county: County, registrar: User, at: datetime) -> None:
    first, second = make_case(registrar, county), make_case(registrar, county)
    series = make_series(county, "RS", format=format)
    for case in (first, second):
        assign_registry_number(actor=registrar, case=case, series=series, at=at)
    for text in (first.registry_number, first.registry_number.lower()):
        assert list(selectors.search_cases(registrar, text, on=ON)) == [first]


def test_documents_come_in_their_order_without_their_bytes(
    county: County, neighbour: County, registrar: User, django_assert_num_queries: Callable[[int], object]
) -> None:
    case = make_case(registrar, county)
    entered = [document(registrar, case, title, file=make_file(registrar)) for title in ("Remiss", "Missiv")]
    document(registrar, make_case(registrar, county), "I ett annat ärende")
    with django_assert_num_queries(3):  # functions held, counties, documents with case and file
        found = list(selectors.documents(registrar, case, on=ON))
        assert [(row.reference, row.file.name) for row in found] == [("2026-0001:1", "Remiss.pdf"), ("2026-0001:2", "Remiss.pdf")]
    assert found == entered
    stranger = make_holder(neighbour, "region", "REGISTRAR")
    assert list(selectors.documents(stranger, case, on=ON)) == []
    assert selectors.document_by_id(stranger, entered[0].pk, on=ON) is None
    assert selectors.document_by_id(registrar, entered[0].pk, on=ON) == entered[0]


@pytest.fixture
def diary(county: County, registrar: User, at: datetime) -> dict[str, Document]:
    """Three cases: one in RS, one in HSN the year before, one without a number."""
    rs, hsn = make_series(county, "RS"), make_series(county, "HSN")
    year_before = at - timedelta(days=365)
    stroke = make_case(registrar, county, subject="Vårdprogram för stroke")
    diabetes = make_case(registrar, county, subject="Riktlinjer för diabetes", at=year_before)
    unnumbered = make_case(registrar, county, subject="Demens")
    assign_registry_number(actor=registrar, case=stroke, series=rs, at=at)
    assign_registry_number(actor=registrar, case=diabetes, series=hsn, at=year_before)
    return {
        "remiss": document(registrar, stroke, "Remiss", at=at),
        "svar": document(registrar, stroke, "Remissvar", direction=Direction.DISPATCHED, counterpart="SKR", at=at + timedelta(hours=1)),
        "beslut": document(registrar, diabetes, "Beslut", direction=Direction.DRAWN_UP, counterpart="", at=at + timedelta(hours=2)),
        "brev": document(registrar, unnumbered, "Brev", at=at + timedelta(hours=3)),
    }


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({}, ["brev", "beslut", "svar", "remiss"]),
        ({"series": "RS"}, ["svar", "remiss"]),
        ({"year": 2026}, ["svar", "remiss"]),
        ({"year": 2025}, ["beslut"]),
        ({"series": "RS", "year": 2025}, []),
        ({"direction": "RECEIVED"}, ["brev", "remiss"]),
        ({"direction": "DRAWN_UP"}, ["beslut"]),
        ({"text": "stroke"}, ["svar", "remiss"]),
        ({"text": "skr"}, ["svar"]),
        ({"text": "HSN/1/2025"}, ["beslut"]),
        ({"text": "stroke", "direction": "DISPATCHED"}, ["svar"]),
        ({"text": "  "}, ["brev", "beslut", "svar", "remiss"]),
    ],
)
def test_the_registry_shows_the_latest_first_and_is_narrowed(
    wanted: dict[str, object], names: list[str], diary: dict[str, Document], registrar: User
) -> None:
    keys = {series.key: series.pk for series in selectors.registry_series(registrar, on=ON)}
    if "series" in wanted:
        wanted = wanted | {"series": keys[str(wanted["series"])]}
    found = selectors.registry(registrar, RegistryFilter(**wanted), on=ON)
    titles = {entry.pk: name for name, entry in diary.items()}
    assert [titles[entry.pk] for entry in found] == names


def test_the_registry_of_a_neighbour_is_empty(diary: dict[str, Document], neighbour: County) -> None:
    stranger = make_holder(neighbour, "region", "REGISTRAR")
    assert list(selectors.registry(stranger, RegistryFilter(), on=ON)) == []
    assert list(selectors.registry_series(stranger, on=ON)) == []
    assert selectors.registry_years(stranger, on=ON) == []


def test_series_and_years_to_choose_from(diary: dict[str, Document], registrar: User) -> None:
    assert [series.key for series in selectors.registry_series(registrar, on=ON)] == ["HSN", "RS"]
    assert selectors.registry_years(registrar, on=ON) == [2026, 2025]


def test_the_public_search_looks_only_in_what_the_public_sees(county: County, registrar: User, at: datetime) -> None:
    case = make_case(registrar, county, subject="Utredning av Boendet Solgläntan")
    entered = document(registrar, case, "Anmälan från anhörig", public_title="Skrivelse")

    def found(text: str, *, public: bool) -> list[Document]:
        return list(selectors.registry(registrar, RegistryFilter(text=text, public=public), on=ON))

    assert found("anhörig", public=False) == found("solgläntan", public=False) == [entered]
    assert (found("anhörig", public=True), found("skrivelse", public=True)) == ([], [entered])
    assert found("solgläntan", public=True) == [entered], "no public wording of the case yet: its working one is public"
    change_subjects(actor=registrar, case=case, subject=case.subject, public_subject="Utredning av ett boende", at=at)
    assert (found("solgläntan", public=True), found("boende", public=True)) == ([], [entered])


def test_the_log_of_a_case_holds_its_acts_its_steps_and_its_files(
    county: County, registrar: User, chair: User, at: datetime, flush_ledger: Callable[[], object]
) -> None:
    case, other = make_case(registrar, county), make_case(registrar, county)
    document(registrar, case, "Remiss", file=make_file(registrar))
    document(registrar, other, "Remiss", file=make_file(registrar))
    flush_ledger()
    acts = [entry.act for entry in selectors.log_of(chair, case, on=ON)]
    assert acts == ["case.opened", "file.stored", "document.registered"]
    assert list(selectors.log_of(make_user("ingen"), case, on=ON)) == []


def test_a_case_is_found_by_its_instance(county: County, registrar: User) -> None:
    case = make_case(registrar, county)
    item = WorkItem.objects.get(instance=case.instance)
    assert selectors.case_of_instance(item.instance_id) == case
