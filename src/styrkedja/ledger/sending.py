"""Forms that are sent once, for views: two clicks, or back and again, are one act.

Forms that write through the history of a case carry the same key (`idempotency_key`); these have no history to keep it in.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _

from styrkedja.core.policies.refusal import Refused
from styrkedja.ledger.services import SentBefore, once
from styrkedja.ui.forms import SubmissionForm
from styrkedja.ui.wording import sentence_text

_NOT_SAID = {"csrfmiddlewaretoken", "submission"}


def send_once(request: HttpRequest, form: SubmissionForm, do: Callable[[], str], *, is_new: bool, at: datetime) -> str | None:
    """Does `do` once for the valid `form`, and answers the address that it led to, now or before.

    `is_new`: the form makes something new. If it comes back with other words in it, nothing is done: it says so, has a new key, and None is
    answered. A form that changes something carries the version that was read, which tells the same better. Raises what `do` raises.
    """
    digest = _digest(request)
    key = form.cleaned_data["submission"]
    try:
        sent = once(actor=request.user, key=key if is_new else uuid5(key, digest), digest=digest, do=do, at=at)
    except SentBefore as before:
        form.data = form.data.copy()
        form.data["submission"] = str(uuid4())
        said = _(
            'Formuläret är redan skickat, och det som stod i det då är sparat. Ändra i så fall i <a class="ds-link" href="{}">det som sparades</a>. '
            "Skicka igen om det som står här ska bli något nytt."
        )
        form.add_error(None, format_html(said, before.address))
        return None
    if not sent.is_new:
        messages.info(request, _("Det var redan sparat."))
    return sent.address


def led_to(request: HttpRequest, form: SubmissionForm, do: Callable[[], str], *, is_new: bool, at: datetime) -> HttpResponse | None:
    """`send_once`, and the way to where it led. None when the form's page is to be shown, with what is wrong or refused in it."""
    if not form.is_valid():
        return None
    try:
        to = send_once(request, form, do, is_new=is_new, at=at)
    except Refused as refused:
        form.add_error(None, sentence_text(refused.reason))
        return None
    return redirect(to) if to is not None else None


def _digest(request: HttpRequest) -> str:
    """Of all that was filled in; of files, what they are called and how large they are."""
    said = {name: values for name, values in request.POST.lists() if name not in _NOT_SAID}
    files = {name: [(file.name, file.size) for file in found] for name, found in request.FILES.lists()}
    return hashlib.sha256(json.dumps([said, files], sort_keys=True).encode()).hexdigest()
