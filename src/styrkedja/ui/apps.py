from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "styrkedja.ui"
    default_auto_field = "django.db.models.BigAutoField"
