import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case
from styrkedja.cases.services import open_case
from styrkedja.cli.main import styrkedja
from styrkedja.organisations.models import County
from styrkedja.workflows.models import ItemState, WorkItem
from tests.factories.counties import make_county, make_holder
from tests.factories.moving import do, revise
from tests.factories.workflows import AT, publish, straight_routine

pytestmark = pytest.mark.django_db

Run = Callable[..., Result]


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def registrar(county: County) -> User:
    return make_holder(county, "region", "REGISTRAR", username="registrator")


@pytest.fixture
def case(county: County, registrar: User) -> Case:
    """a and b done in version 1. In version 2 a new step comes before b, and the last step is gone."""
    definition = publish(county, straight_routine(county, "a", "b", "c"))
    found = open_case(actor=registrar, county=county, definition=definition, subject="Vård vid stroke", givens={}, at=AT)
    do(registrar, found.instance, "a")
    do(registrar, found.instance, "b")
    revise(county, straight_routine(county, "a", "new", "b"), 2)
    return found


def run(*options: str) -> Result:
    return CliRunner().invoke(styrkedja, ["routine", "migrate", "--county", "exempellan", "--routine", "prov", *options])


def stands_at(case: Case) -> list[str]:
    return list(WorkItem.objects.filter(instance=case.instance_id, state=ItemState.OPEN).values_list("node_id", flat=True))


def test_without_apply_it_says_what_would_happen_and_changes_nothing(case: Case) -> None:
    result = run("--to", "2")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"{case.number} Vård vid stroke: version 1 → 2",
        "  Står sedan vid: 2 Steg new",
        "  Behålls: 1 utförda steg",
        "  Görs om: 2 Steg b. I version 2 ska först steget ”2 Steg new” göras.",
        "1 ärende skulle flyttas.",
        "Inget har flyttats. Lägg till --apply för att flytta.",
    ]
    assert stands_at(case) == ["c"]


def test_with_apply_the_case_is_moved_and_can_be_moved_back(case: Case) -> None:
    moved = run("--to", "2", "--apply")
    assert (moved.exit_code, moved.stdout.splitlines()[-1]) == (0, "1 ärende flyttades.")
    assert stands_at(case) == ["new"]
    back = run("--revert", "--apply")
    assert (back.exit_code, back.stdout.splitlines()[:2]) == (
        0,
        [f"{case.number} Vård vid stroke: version 2 → 1", "  Står sedan vid: 3 Steg c"],
    )
    assert stands_at(case) == ["c"]
    assert run("--revert").stdout == "Det finns inga ärenden att flytta.\n"


def test_json_says_the_same_for_machines(case: Case) -> None:
    [row] = json.loads(run("--to", "2", "--case", case.number, "--json").stdout)
    assert (row["number"], row["version_from"], row["version_to"], row["moved"], row["obstacle"]) == (case.number, 1, 2, False, "")
    assert [step["name"] for step in row["stands"]] == ["Steg new"]
    assert [step["number"] for step in row["kept"]] == ["1"]
    assert row["removed"] == []
    assert [step["reason"] for step in row["redo"]] == ["I version 2 ska först steget ”2 Steg new” göras."]


def test_a_case_that_cannot_be_moved_is_told_of_and_gives_exit_code_1(county: County, case: Case) -> None:
    revise(county, straight_routine(county, "a").given("entry", "letter", "mail"), 3)
    result = run("--to", "3", "--apply")
    assert result.exit_code == 1
    assert "  Kan inte flyttas: Version 3 behöver uppgifter som inte lämnades när ärendet öppnades: ”Vad gäller?”." in result.stdout
    assert result.stdout.splitlines()[-1] == "0 ärenden flyttades, 1 kan inte flyttas."
    assert stands_at(case) == ["c"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--to", "7"), "Version 7 av prov är inte publicerad. Publicerade versioner: 1, 2."),
        (("--to", "2", "--case", "1999-0001"), "Ärende 1999-0001 pågår inte i rutinen. Inget har flyttats."),
        (("--revert", "--case", "1999-0001"), "Ärende 1999-0001 har ingen flytt att återta. Inget har flyttats."),
        (("--to", "2", "--as", "ingen"), "Det finns inget aktivt konto med användarnamnet ingen."),
        (
            ("--to", "2", "--as", "registrator"),
            "Bara länets samordnare eller en systemförvaltare kan flytta ärenden mellan rutinens versioner.",
        ),
        (("--to", "2", "--revert"), "Ange antingen --to VERSION eller --revert."),
        ((), "Ange antingen --to VERSION eller --revert."),
    ],
)
def test_a_fault_is_one_clear_line_and_nothing_moves(case: Case, options: tuple[str, ...], message: str) -> None:
    result = run(*options, "--apply")
    assert result.exit_code in (1, 2)
    assert result.stderr.strip() == message
    assert stands_at(case) == ["c"]


def test_a_county_or_routine_that_does_not_exist_is_named(case: Case) -> None:
    runner = CliRunner()
    unknown = runner.invoke(styrkedja, ["routine", "migrate", "--county", "mu", "--routine", "prov", "--to", "2"])
    assert unknown.stderr.strip() == "Länet mu är inte inläst. Kör styrkedja county load med länets mapp."
    missing = runner.invoke(styrkedja, ["routine", "migrate", "--county", "exempellan", "--routine", "annan", "--to", "2"])
    assert missing.stderr.strip() == "Exempellän har ingen publicerad rutin med nyckeln annan."
