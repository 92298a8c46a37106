from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "cryptonewshub.editions"
    verbose_name = "Editions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cryptonewshub.editions import receivers  # noqa: F401
