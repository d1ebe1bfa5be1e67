"""Pages of the running cases that need no step kind: what the reader has been told."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from styrkedja.ui.clock import now
from styrkedja.ui.views import safe_return
from styrkedja.workflows import services

LONGEST_ID = 18


@require_POST
def mark_notices_read(request: HttpRequest) -> HttpResponse:
    """The notices that the page showed have been seen. Others' and unknown ones are left alone."""
    shown = [int(value) for value in request.POST.getlist("notice") if value.isdecimal() and len(value) <= LONGEST_ID]
    services.mark_read(actor=request.user, notice_ids=shown, at=now())
    return HttpResponseRedirect(safe_return(request))
