"""How sign-in differs from the library's own: accounts are given, never opened by the visitor, and every message is ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_METHODS = {
    "reauthenticate": gettext_lazy("Använd lösenordet"),
    "mfa_reauthenticate": gettext_lazy("Använd autentiseringsapp eller reservkod"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Använd säkerhetsnyckel"),
}
_INCORRECT_CODE = gettext_lazy("Koden stämmer inte. Vänta på nästa kod i appen och försök igen.")


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up on their own."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("Kontot är avstängt."),
        "enter_current_password": gettext_lazy("Det är inte ditt nuvarande lösenord."),
        "incorrect_code": _INCORRECT_CODE,
        "incorrect_password": gettext_lazy("Lösenordet stämmer inte."),
        "invalid_login": gettext_lazy("Inloggningen misslyckades. Försök igen."),
        "rate_limited": gettext_lazy("För många försök på kort tid. Vänta en stund och försök igen."),
        "too_many_login_attempts": gettext_lazy("För många misslyckade inloggningar. Vänta fem minuter och försök igen."),
        "username_password_mismatch": gettext_lazy("Användarnamnet eller lösenordet stämmer inte."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": _METHODS.get(method["id"], method["description"])} for method in methods]


class TwoStepAdapter(DefaultMFAAdapter):
    """Codes and keys for signing in in two steps."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": gettext_lazy("Tvåstegsinloggningen kan inte stängas av."),
        "cannot_generate_recovery_codes": gettext_lazy("Reservkoder finns bara när tvåstegsinloggning är på."),
        "incorrect_code": _INCORRECT_CODE,
    }

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Nyckel %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        return "Styrkedja"
