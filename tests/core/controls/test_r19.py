import pytest

from styrkedja.core.controls.persons import names_person
from tests.core.controls.region import changed
from tests.core.controls.tables import Case, Near, check_table, says

TABLE = [
    Case("a person on the second line", changed("förslaget", lines=("Överläkare", "Anna Exempelsson")), [("R19a", "förslaget")]),
    Case("the municipalities are missing", changed("gruppen", members=("regionen",)), [("R19b", "gruppen")]),
    Case("a brief without consequences", changed("underlaget", consequences=" "), [("R19c", "underlaget")]),
    Case(
        "a brief without anything",
        changed("underlaget", consequences="", responsibility="", resources="", recommendation=""),
        [("R19c", "underlaget")],
    ),
    Near(
        "functions alone", changed("förslaget", lines=("Verksamhetschef Primärvård Östersund", "Medicinskt ledningsansvarig sjuksköterska"))
    ),
    Near("one party more", changed("gruppen", members=("regionen", "kommunerna", "privata"))),
]


@pytest.mark.parametrize("case", TABLE, ids=says)
def test_r19_groups_and_briefs_are_whole(case: Case | Near) -> None:
    check_table("R19", case)


@pytest.mark.parametrize(
    "line", ["Anna Exempelsson", "Exempel, Karin", "överläkare Testsson", "Lars-Erik von Exempel", "test.person@region.se"]
)
def test_a_line_with_a_person_is_seen(line: str) -> None:
    assert names_person(line)


@pytest.mark.parametrize(
    "line",
    [
        "Överläkare Infektion",
        "Karolinska Universitetssjukhuset",
        "Norra Sjukvårdsregionen",
        "Maria Ungdomsmottagning",
        "Sankt Eriks Ögonsjukhus",
        "",
    ],
)
def test_a_line_without_a_person_is_left(line: str) -> None:
    assert not names_person(line)
