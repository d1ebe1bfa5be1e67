"""What is refused at the door of a page."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.services.refusals import record_refused_page
from styrkedja.ui.clock import now


class RefusalsOnRecordMiddleware:
    """A page that somebody may not act on says no before any service is asked. What was sent to it is on record; to look is no act.

    Stands after AuthenticationMiddleware, which knows the account.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if request.method == "POST" and isinstance(exception, PermissionDenied) and request.user.is_authenticated:
            refused = exception.__cause__ if isinstance(exception.__cause__, Refused) else None
            record_refused_page(actor=request.user, refused=refused, path=request.path, reason=str(exception), at=now())
