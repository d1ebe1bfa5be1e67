from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "styrkedja.workflows"
    default_auto_field = "django.db.models.BigAutoField"
