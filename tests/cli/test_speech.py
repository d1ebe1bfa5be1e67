"""click speaks Swedish."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from scripts.catalogue import in_python, read
from styrkedja.cli.main import styrkedja
from styrkedja.cli.speech import LOCALE

KEPT = read(LOCALE / "sv" / "LC_MESSAGES" / "click.po")
# Given to gettext as a variable.
NOT_LITERAL = {"required"}
NAME = re.compile(r"\{(\w+)")


def said_by_click() -> set[str | tuple[str, str]]:
    modules = Path(click.__file__).parent.glob("*.py")
    return {message.id for module in modules for message in in_python(module.read_text(encoding="utf-8"))}


def told(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(styrkedja, arguments)
    return result.exit_code, result.output


def test_help_is_in_swedish() -> None:
    code, text = told("routine", "check", "--help")
    assert code == 0
    assert text.startswith("Användning: styrkedja routine check [OPTIONS] FILES...\n")
    assert "\nFlaggor:\n" in text
    assert "Visar den här hjälpen." in text
    assert "--county MAPP" in text


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("routine", "check"), "Fel: Ange argumentet 'FILES...'."),
        (("routine", "chekc"), "Fel: Kommandot 'chekc' finns inte. Menade du 'check'?"),
        (("routine", "check", "--jsom"), "Fel: Flaggan '--jsom' finns inte. Menade du '--json'?"),
        (("routine", "check", "saknas.bpmn"), "Fel: Ogiltigt värde på 'FILES...': Fil 'saknas.bpmn' finns inte."),
        (("routine", "check", "--county"), "Fel: Flaggan '--county' kräver ett värde."),
    ],
)
def test_a_slip_of_the_hand_is_told_in_swedish(arguments: tuple[str, ...], fault: str) -> None:
    code, text = told(*arguments)
    assert code == 2
    assert text.splitlines()[-1] == fault


def test_whoever_forgets_an_argument_is_told_where_help_is() -> None:
    _code, text = told("routine", "check")
    assert "Hjälp ges av 'styrkedja routine check --help'." in text.splitlines()


def test_all_that_click_can_say_is_translated_and_nothing_else() -> None:
    kept = {message.id: message.string for message in KEPT if message.id}
    assert kept.keys() == said_by_click() | NOT_LITERAL
    assert [key for key, string in kept.items() if not all([string] if isinstance(string, str) else string)] == []


def test_no_translation_asks_for_a_value_that_click_does_not_give() -> None:
    strange = [message.id for message in KEPT if message.id and set(NAME.findall(str(message.string))) - set(NAME.findall(str(message.id)))]
    assert strange == []
