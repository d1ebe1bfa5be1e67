import json

import pytest
from click.testing import CliRunner, Result

from styrkedja.accounts.models import User
from styrkedja.cli.main import styrkedja
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
GOOD = "tre-hästar-i-regn"


def run(*arguments: str, password: str = "") -> Result:
    return CliRunner().invoke(styrkedja, ["account", *arguments], input=f"{password}\n")


def test_an_account_is_laid_up_with_a_password_from_standard_input() -> None:
    result = run("create", "vc-ange", "--name", "Verksamhetschef, Ånge kommun", "--email", "vc@example.org", password=GOOD)
    assert (result.exit_code, result.output) == (0, "Kontot vc-ange är upplagt.\n")
    made = User.objects.get(username="vc-ange")
    assert (made.name, made.email, made.is_administrator, made.check_password(GOOD)) == (
        "Verksamhetschef, Ånge kommun",
        "vc@example.org",
        False,
        True,
    )


def test_an_administrator_is_laid_up() -> None:
    assert run("create", "forvaltare", "--name", "Systemförvaltare", "--administrator", password=GOOD).exit_code == 0
    assert User.objects.get(username="forvaltare").is_administrator


@pytest.mark.parametrize(
    ("arguments", "password", "says"),
    [
        (("samordnare", "--name", "Samordnare"), GOOD, "Användarnamnet samordnare är upptaget. Välj ett annat.\n"),
        (("ny", "--name", "Ny"), "kort", "för kort"),
        (("ny", "--name", "Ny"), "", "för kort"),
        (("ny", "--name", "Ny", "--email", "ingen adress"), GOOD, "Ange en e-postadress"),
        (("n" * 151, "--name", "Ny"), GOOD, "högst 150"),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_made(arguments: tuple[str, ...], password: str, says: str) -> None:
    make_user("samordnare")
    result = run("create", *arguments, password=password)
    assert result.exit_code == 1
    assert says in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(User.objects.values_list("username", flat=True)) == ["samordnare"]


def test_a_lost_password_is_replaced() -> None:
    account = make_user("samordnare", password="gammalt-losenord")
    assert run("password", "samordnare", password=GOOD).output == "Kontot samordnare har ett nytt lösenord.\n"
    account.refresh_from_db()
    assert account.check_password(GOOD)


def test_an_account_is_closed_and_opened_again() -> None:
    make_user("samordnare")
    assert run("close", "samordnare").output == "Kontot samordnare är stängt.\n"
    assert not User.objects.get(username="samordnare").is_active
    assert run("reopen", "samordnare").output == "Kontot samordnare är öppet.\n"
    assert User.objects.get(username="samordnare").is_active


@pytest.mark.parametrize("command", ["password", "close", "reopen"])
def test_an_unknown_account_is_told(command: str) -> None:
    result = run(command, "ingen", password=GOOD)
    assert (result.exit_code, result.stderr) == (1, "Det finns inget konto med användarnamnet ingen.\n")


def test_accounts_are_listed_also_closed_ones() -> None:
    make_user("forvaltare", name="Systemförvaltare", administrator=True)
    make_user("samordnare", name="Samordnare", active=False)
    assert run("list").output.splitlines() == [
        "forvaltare  Systemförvaltare  systemförvaltare",
        "samordnare  Samordnare                          stängt",
    ]
    assert json.loads(run("list", "--json").output)[1] == {
        "username": "samordnare",
        "name": "Samordnare",
        "email": "",
        "is_active": False,
        "is_administrator": False,
    }
