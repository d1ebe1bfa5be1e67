"""Addresses that say what was chosen and nothing else, so that they can be read and sent on."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponse]


def clean_address(view: View[Given]) -> View[Given]:
    """For a page with a form sent by GET: whoever sent it is led on to the address without the fields that were left empty.

    A browser puts every field in the address, filled in or not. To the page an empty field must mean the same as none.
    """

    @wraps(view)
    def cleaned(request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        asked = filled_in(request.GET)
        if asked == request.GET or request.method not in {"GET", "HEAD"}:
            return view(request, *args, **kwargs)
        return HttpResponseRedirect(f"{request.path}?{asked.urlencode()}" if asked else request.path)

    return cleaned


def filled_in(given: QueryDict) -> QueryDict:
    """What was said, without what is empty."""
    kept = QueryDict(mutable=True)
    for name, values in given.lists():
        if said := [value for value in values if value]:
            kept.setlist(name, said)
    return kept
