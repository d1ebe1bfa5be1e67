from django.apps import AppConfig


class EffectsConfig(AppConfig):
    name = "styrkedja.effects"
    default_auto_field = "django.db.models.BigAutoField"
