"""The pages of the sign-in library that this installation has, at Swedish addresses. What is not listed (sign-up, e-mail) cannot be reached."""

from allauth.account import views as account
from allauth.mfa.base import views as two_steps
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.urls import path

urlpatterns = [
    path("logga-in/", account.login, name="account_login"),
    path("logga-in/kod/", two_steps.authenticate, name="mfa_authenticate"),
    path("logga-in/nyckel/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("logga-ut/", account.logout, name="account_logout"),
    path("avstangt/", account.account_inactive, name="account_inactive"),
    path("losenord/", account.password_change, name="account_change_password"),
    path("losenord/nytt/", account.password_set, name="account_set_password"),
    path("bekrafta/", account.reauthenticate, name="account_reauthenticate"),
    path("bekrafta/kod/", two_steps.reauthenticate, name="mfa_reauthenticate"),
    path("bekrafta/nyckel/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("tvasteg/", two_steps.index, name="mfa_index"),
    path("tvasteg/app/", app.activate_totp, name="mfa_activate_totp"),
    path("tvasteg/app/stang-av/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("tvasteg/reservkoder/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("tvasteg/reservkoder/nya/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("tvasteg/reservkoder/hamta/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("tvasteg/nycklar/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("tvasteg/nycklar/ny/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("tvasteg/nycklar/<int:pk>/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("tvasteg/nycklar/<int:pk>/ta-bort/", keys.remove_webauthn, name="mfa_remove_webauthn"),
]
