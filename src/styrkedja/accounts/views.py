"""One's own account, and the switch of language."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as remember_language

from styrkedja.accounts import services
from styrkedja.accounts.forms import PreferencesForm
from styrkedja.accounts.presenters import account_facts
from styrkedja.core.policies.refusal import Refused
from styrkedja.ui.clock import now
from styrkedja.ui.wording import sentence_text


def my_account(request: HttpRequest) -> HttpResponse:
    """What is known of the account, and what its owner may change."""
    account = request.user
    current = {"language": account.language, "email": account.email, "wants_email": account.wants_email}
    form = PreferencesForm(request.POST or None, initial=current)
    if form.is_valid():
        return _save(request, form)
    return render(request, "accounts/my_account.html", {"form": form, "facts": account_facts(account)})


def _save(request: HttpRequest, form: PreferencesForm) -> HttpResponse:
    at, wishes = now(), form.cleaned_data
    services.set_language(actor=request.user, language=wishes["language"], at=at)
    services.set_notification_wish(actor=request.user, wants_email=wishes["wants_email"], email=wishes["email"], at=at)
    with translation.override(wishes["language"]):
        messages.success(request, _("Inställningarna är sparade."))
    return redirect("accounts:me")


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switches language: in the cookie for everybody, on the account too for those who have signed in."""
    if request.user.is_authenticated:
        try:
            services.set_language(actor=request.user, language=request.POST.get("language", ""), at=now())
        except Refused as refusal:
            messages.error(request, sentence_text(refusal.reason))
    return remember_language(request)
