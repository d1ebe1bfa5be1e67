"""What the log says of a page that is refused, and of one that fails."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.test import Client

from styrkedja.config.logs import RefusalsInOneLine
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def written() -> Iterator[StringIO]:
    """What the program's own handler writes."""
    [handler] = [one for one in logging.getLogger().handlers if any(isinstance(kept, RefusalsInOneLine) for kept in one.filters)]
    stream = StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


def test_a_refusal_is_one_line_with_account_address_and_reason(client: Client, written: StringIO) -> None:
    reader = make_user()
    client.force_login(reader)
    assert client.get("/arenden/nytt/").status_code == 403
    [line] = written.getvalue().splitlines()
    assert line.endswith(
        f"403 GET /arenden/nytt/ (konto {reader.pk}): Bara en registrator eller en samordnare i länet kan öppna ett ärende."
    )


def test_a_line_break_in_an_address_makes_no_line_of_its_own(client: Client, written: StringIO) -> None:
    client.force_login(make_user())
    assert client.get("/finns-inte%0A2026-11-22%20ERROR/").status_code == 404
    [line] = written.getvalue().splitlines()
    assert "404 GET /finns-inte?2026-11-22 ERROR/" in line


def test_a_fault_keeps_its_traceback(client: Client, written: StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("trasig")

    monkeypatch.setattr("styrkedja.ui.handbook.front", fail)
    client.force_login(make_user())
    client.raise_request_exception = False
    assert client.get("/handbok/").status_code == 500
    assert "Traceback" in written.getvalue()
    assert "RuntimeError: trasig" in written.getvalue()


def test_the_filter_is_on_the_handler_that_everything_goes_to() -> None:
    assert settings.LOGGING["root"]["handlers"] == ["console"]
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["refusals"]
