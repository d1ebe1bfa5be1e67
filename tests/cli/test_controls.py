"""`styrkedja controls run`, used wrongly."""

import pytest
from click.testing import CliRunner

from styrkedja.cli.main import styrkedja
from styrkedja.controls.models import ControlRun


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--at", "2031-13-01"), "”2031-13-01” är inget datum. Skriv datumet som 2026-11-22."),
        (("--at", "2999-01-01"), "Dagen 2999-01-01 har inte varit än."),
        (("--at", "2020-01-01"), "Kontrollerna har aldrig körts"),
        (("--body", "finnsinte"), "Det finns inget organ med nyckeln finnsinte."),
    ],
)
def test_wrong_use_is_no_open_finding(options: tuple[str, ...], message: str) -> None:
    result = CliRunner().invoke(styrkedja, ["controls", "run", *options])
    assert result.exit_code == 2
    assert message in result.stderr
    assert not ControlRun.objects.exists()
