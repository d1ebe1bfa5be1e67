"""What has happened to a body, in words."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from styrkedja.accounts.models import User
from styrkedja.organisations.models import County, Seat
from styrkedja.organisations.presenters.changes import change_lines
from styrkedja.organisations.selectors import body_on, happenings
from styrkedja.organisations.services import load_county
from tests.apps.organisations import files
from tests.factories.accounts import make_user
from tests.factories.counties import hold

TODAY = date(2026, 12, 1)


@pytest.fixture
def reader(db: None) -> User:
    return make_user("reader")


def load(values: object, month: int) -> None:
    load_county(actor=None, values=values, at=datetime(2026, month, 1, 8, tzinfo=UTC))


def told(user: User, key: str, *, until: date = TODAY) -> list[str]:
    body = body_on(user, key, on=until)
    return [f"{line.on} {line.text}" for line in change_lines(happenings(user, body, until=until))]


def test_a_body_that_has_always_been_as_it_is_has_no_history(reader: User, vasternorrland: County) -> None:
    assert told(reader, "lpo-kirurgi") == []


def test_changes_are_told_latest_first_as_sentences(reader: User, vasternorrland: County) -> None:
    values = files.vasternorrland()
    load(files.with_group(values, "lpo-kirurgi", name="LPO knivar", municipal_participation=True), 3)
    load(
        files.with_group(
            values,
            "lpo-kirurgi",
            mandate="Nytt.",
            host="halsam",
            parent="halsam",
            areas=("Urologi",),
            counterparts=("npo-kirurgi-plastikkirurgi",),
        ),
        5,
    )
    found = told(reader, "lpo-kirurgi")
    assert found[-2:] == [
        "2026-03-01 Kommunmedverkan ändrades från nej till ja",
        "2026-03-01 Namnet ändrades från ”LPO kirurgi” till ”LPO knivar”",
    ]
    assert sorted(found[:-2]) == [
        (
            "2026-05-01 Delområdena ändrades från Urologi, Övre kirurgi, Nedre kirurgi, Kärlkirurgi, Öron näsa hals, Bröst och endokrin kirurgi, "
            "Trauma till Urologi"
        ),
        "2026-05-01 Hör inte längre till Region Västernorrland",
        "2026-05-01 Hör till HälSam, samverkan inom hälso- och sjukvård, socialtjänst och skola i Västernorrland",
        "2026-05-01 Inte längre motsvarighet: NPO hjärt- och kärlsjukdomar",
        "2026-05-01 Inte längre motsvarighet: NPO mag- och tarmsjukdomar",
        "2026-05-01 Inte längre motsvarighet: NPO njur- och urinvägssjukdomar",
        "2026-05-01 Inte längre motsvarighet: NPO öron-, näs- och halssjukdomar",
        "2026-05-01 Kommunmedverkan ändrades från ja till nej",
        "2026-05-01 Namnet ändrades från ”LPO knivar” till ”LPO kirurgi”",
        "2026-05-01 Uppdraget skrevs om",
        (
            "2026-05-01 Värden ändrades från ”Region Västernorrland” till ”HälSam, samverkan inom hälso- och sjukvård, socialtjänst och skola i "
            "Västernorrland”"
        ),
    ]
    assert told(reader, "npo-mag-tarmsjukdomar") == ["2026-05-01 Inte längre motsvarighet: LPO kirurgi"]


def test_of_a_closing_and_a_reopening_only_those_are_told(reader: User, vasternorrland: County) -> None:
    """That seats and links went and came along says itself."""
    load(files.without_group(files.vasternorrland(), "lpo-kirurgi"), 3)
    assert told(reader, "lpo-kirurgi") == ["2026-03-01 Upphörde"]
    load(files.vasternorrland(), 5)
    assert told(reader, "lpo-kirurgi") == ["2026-05-01 Inrättades på nytt", "2026-03-01 Upphörde"]
    new = replace(files.group(files.vasternorrland(), "lpo-kirurgi"), key="lpo-ny", name="LPO ny")
    load(files.plus(files.vasternorrland(), new), 6)
    assert told(reader, "lpo-ny") == ["2026-06-01 Inrättades"]


def test_seats_and_those_who_held_them_are_told(reader: User, vasternorrland: County) -> None:
    values = files.vasternorrland()
    expert, other = make_user("expert", name="Sakkunnig A"), make_user("other", name="Sakkunnig B")
    seat = Seat.objects.get(body__key="lpo-kirurgi", function="EXPERT")
    hold(expert, seat, valid_from=date(2026, 2, 1), valid_until=date(2026, 4, 1))
    hold(other, seat, valid_from=date(2026, 2, 2), valid_until=date(2026, 2, 2))

    def changed(row):
        is_it = (row.body, row.function) == ("lpo-kirurgi", "EXPERT")
        return replace(row, title="Sakkunnig kirurg", time_percent=20) if is_it else row

    changed_values = files.with_seats(values, changed)
    secretary = replace(values.seats[0], body="lpo-kirurgi", function="SECRETARY", title="Sekreterare")
    load(files.plus(changed_values, secretary), 3)
    load(changed_values, 5)
    assert told(reader, "lpo-kirurgi") == [
        "2026-05-01 Plats som upphörde: Sekreterare",
        "2026-04-01 Sakkunnig A lämnade platsen Sakkunnig kirurg",
        "2026-03-01 Avsatt tid för platsen Sakkunnig kirurg ändrades från ingen till 20 %",
        "2026-03-01 Benämningen för platsen Sakkunnig kirurg ändrades från ”Sakkunnig” till ”Sakkunnig kirurg”",
        "2026-03-01 Ny plats: Sekreterare",
        "2026-02-01 Sakkunnig A utsågs till Sakkunnig kirurg",
    ]


def test_what_is_still_to_come_is_not_told(reader: User, vasternorrland: County) -> None:
    load(files.with_group(files.vasternorrland(), "lpo-kirurgi", name="LPO knivar"), 3)
    assert told(reader, "lpo-kirurgi", until=date(2026, 2, 28)) == []
    assert len(told(reader, "lpo-kirurgi", until=date(2026, 3, 1))) == 1
