from django.apps import AppConfig


class AccuracyConfig(AppConfig):
    name = "cryptonewshub.accuracy"
    verbose_name = "Accuracy desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cryptonewshub.accuracy import receivers  # noqa: F401
