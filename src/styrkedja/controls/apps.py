from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ControlsConfig(AppConfig):
    name = "styrkedja.controls"
    verbose_name = _("Revisionskontroll")
    default_auto_field = "django.db.models.BigAutoField"
