import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from styrkedja.ui.addresses import clean_address

# Every page with a form that is sent by GET, all of whose fields may be left empty.
_PAGES = [
    "/", "/arenden/", "/statistik/", "/diarium/", "/organisation/", "/organisation/uppfoljning/", "/organisation/organ/", "/indikatorer/",
    "/indikatorer/analys/", "/indikatorer/en/", "/styrning/", "/styrning/mal/", "/styrning/atgarder/", "/styrning/dokument/", "/styrning/mandat/",
    "/styrning/hemtagning/", "/styrning/mal/ett/sida-vid-sida/", "/kontroll/", "/granskningar/",
]  # fmt: skip


@pytest.mark.parametrize("page", _PAGES)
def test_an_address_is_led_to_what_was_chosen(page: str, rf: RequestFactory) -> None:
    found = resolve(page)
    sent = found.func(rf.get(f"{page}?q=&lan=v%C3%A4st&enhet=a&enhet=&enhet=b&till="), *found.args, **found.kwargs)
    assert (sent.status_code, sent["Location"]) == (302, f"{page}?lan=v%C3%A4st&enhet=a&enhet=b")


@pytest.mark.parametrize(("asked", "led_to"), [("?a=&b=", "/x/"), ("?a=1&b=", "/x/?a=1"), ("?a=1", None), ("", None)])
def test_only_what_is_empty_leads_on(asked: str, led_to: str | None, rf: RequestFactory) -> None:
    assert _answered(rf.get(f"/x/{asked}")).get("Location") == led_to


def test_what_is_sent_in_is_taken_where_it_was_sent(rf: RequestFactory) -> None:
    assert _answered(rf.post("/x/?a=", {"b": "1"})).content == b"b"


@clean_address
def _answered(request: HttpRequest) -> HttpResponse:
    return HttpResponse(",".join(request.POST))
