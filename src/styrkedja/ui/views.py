"""The frame's own pages: theme, accessibility statement, and the pages for when something is wrong."""

from datetime import date
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from styrkedja.ui import appearance
from styrkedja.ui import handbook as handbook_files
from styrkedja.ui.components import Crumb

# When the accessibility statement was last compared with what the tests do.
STATEMENT_REVIEWED_ON = date(2026, 11, 22)

_PICTURE_SECONDS = 3600
_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def safe_return(request: HttpRequest) -> str:
    """Where `next` points, if that is on this site; else the start page."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if is_ours else "/"


@login_not_required
@require_POST
def set_appearance(request: HttpRequest) -> HttpResponse:
    """Keeps the wish for light or dark for a year."""
    wish = request.POST.get("scheme", "")
    if not appearance.is_wish(wish):
        return HttpResponseBadRequest()
    response = HttpResponseRedirect(safe_return(request))
    response.set_cookie(appearance.COOKIE, wish, max_age=appearance.YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that the law asks for (2018:1937). Who answers for the service, and where faults are reported, are settings."""
    facts = {"owner": settings.SERVICE_OWNER, "email": settings.ACCESSIBILITY_EMAIL, "reviewed_on": STATEMENT_REVIEWED_ON}
    return render(request, "ui/accessibility.html", facts)


def handbook(request: HttpRequest) -> HttpResponse:
    """What the manual holds."""
    return _chapter(request, handbook_files.front())


def handbook_chapter(request: HttpRequest, name: str) -> HttpResponse:
    opened = handbook_files.opened(name)
    return _chapter(request, opened and opened.chapter, opened=opened, crumbs=[Crumb(_("Handbok"), reverse("ui:handbook"))])


def handbook_picture(request: HttpRequest, name: str) -> HttpResponse:
    found = handbook_files.picture(name)
    if found is None:
        raise Http404
    answer = HttpResponse(found.read_bytes(), content_type="image/png")
    patch_cache_control(answer, private=True, max_age=_PICTURE_SECONDS)
    return answer


def _chapter(request: HttpRequest, chapter: handbook_files.Chapter | None, **values: object) -> HttpResponse:
    if chapter is None:
        raise Http404
    return render(request, "ui/handbook.html", {"chapter": chapter, **values})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django takes what is too large for a bad request; the reader is told which it was."""
    if isinstance(exception, _TOO_LARGE):
        return _trouble(request, "413.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return _trouble(request, "400.html", HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`exception` may carry a sentence that says what is lacking: ours, in the reader's language, or a library's, in English."""
    reason = str(exception)
    return _trouble(request, "403.html", HTTPStatus.FORBIDDEN, reason=_(reason) if reason else "")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _trouble(request, "404.html", HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of database, session or static files: any of them may be what failed."""
    return render(None, "500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _trouble(request, "403_csrf.html", HTTPStatus.FORBIDDEN)


def _trouble(request: HttpRequest, template: str, status: HTTPStatus, **values: str) -> HttpResponse:
    return render(request, template, values, status=status)
