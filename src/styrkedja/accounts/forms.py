"""Forms of the account pages. Those of the sign-in library are given Swedish labels and help; what they do is unchanged."""

from typing import Any

from allauth.account import forms as sign_in
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as keys
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _


def _say(form: forms.Form, name: str, label: Any, help_text: Any = "") -> None:
    """Gives a field its label and help, and takes the placeholder away: it disappears when one writes."""
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


def _password_rules() -> str:
    return " ".join(str(text) for text in password_validators_help_texts())


_rules = lazy(_password_rules, str)


class PreferencesForm(forms.Form):
    """Language and notices of one's own account."""

    language = forms.ChoiceField(label=_("Språk"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    email = forms.EmailField(label=_("E-postadress"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    wants_email = forms.BooleanField(
        label=_("Skicka meddelanden med e-post"),
        required=False,
        help_text=_("Påminnelser om uppgifter som förfaller. Ärendets innehåll skickas aldrig."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("wants_email") and not values.get("email") and "email" not in self.errors:
            self.add_error("email", _("Ange en e-postadress, eller avstå från meddelanden."))
        return values


class LoginForm(sign_in.LoginForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, "login", _("Användarnamn"))
        _say(self, "password", _("Lösenord"))


class ReauthenticateForm(sign_in.ReauthenticateForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, "password", _("Lösenord"))


class ChangePasswordForm(sign_in.ChangePasswordForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, "oldpassword", _("Nuvarande lösenord"))
        _say(self, "password1", _("Nytt lösenord"), _rules())
        _say(self, "password2", _("Nytt lösenord en gång till"))


class SetPasswordForm(sign_in.SetPasswordForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, "password1", _("Lösenord"), _rules())
        _say(self, "password2", _("Lösenordet en gång till"))


_CODE_HELP = _("De sex siffrorna i autentiseringsappen, eller en av dina reservkoder.")


def _say_code(form: forms.Form, help_text: Any) -> None:
    _say(form, "code", _("Kod"), help_text)
    form.fields["code"].widget.attrs["size"] = 12


class AuthenticateForm(codes.AuthenticateForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say_code(self, _CODE_HELP)


class ReauthenticateCodeForm(codes.ReauthenticateForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say_code(self, _CODE_HELP)


class ActivateAppForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say_code(self, _("De sex siffror som appen visar nu."))


class AddKeyForm(keys.AddWebAuthnForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, "name", _("Nyckelns namn"), _("Så att du känner igen den i listan."))
        _say(
            self,
            "passwordless",
            _("Logga in utan lösenord"),
            _("Då räcker nyckeln ensam. Den måste kunna kräva pinkod, fingeravtryck eller ansikte."),
        )


class RenameKeyForm(keys.EditWebAuthnForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _say(self, "name", _("Nyckelns namn"))
