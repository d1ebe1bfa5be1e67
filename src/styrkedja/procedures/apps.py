from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "styrkedja.procedures"
    default_auto_field = "django.db.models.BigAutoField"
