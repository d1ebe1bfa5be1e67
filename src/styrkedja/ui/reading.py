"""What has been asked once while a page is made ready is not asked again.

Only for requests that read: where something is done, the answer may be another half-way through.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


def once_a_reading(asked: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Remembers what `asked` answers to the same arguments until the request that reads is answered. The answer must not be changed by who gets it."""

    @wraps(asked)
    def remembered(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        known = _answers.get()
        if known is None:
            return asked(*args, **kwargs)
        question = (asked, args, tuple(sorted(kwargs.items())))
        if question not in known:
            known[question] = asked(*args, **kwargs)
        answer: Answer = known[question]
        return answer

    return remembered


class ReadingMiddleware:
    """Marks where a request that reads begins and ends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        token = _answers.set({})
        try:
            return self.get_response(request)
        finally:
            _answers.reset(token)
