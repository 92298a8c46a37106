"""The app that opens the doors between the stages: what an article asks for before it goes live, and how it is shown."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "cryptonewshub.config"
    label = "newsroom"
    verbose_name = "Newsroom"
    default_auto_field = "django.db.models.BigAutoField"
