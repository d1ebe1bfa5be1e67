from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "styrkedja.home"
    default_auto_field = "django.db.models.BigAutoField"
