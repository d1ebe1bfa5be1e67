"""Light or dark: the reader's wish lives in a cookie, so that the server draws the page right at once and signing out keeps it."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

COOKIE = "tema"
AUTO = "auto"
WISHES = (("light", _("Ljust")), ("dark", _("Mörkt")), (AUTO, _("Enligt systemet")))
YEAR = 365 * 24 * 3600


def is_wish(value: str) -> bool:
    return any(value == wish for wish, _name in WISHES)


def wish(request: HttpRequest) -> str:
    """The cookie's wish; that of the system when there is none."""
    given = request.COOKIES.get(COOKIE, AUTO)
    return given if is_wish(given) else AUTO
