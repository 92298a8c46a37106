from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "cryptonewshub.comments"
    verbose_name = "Comments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cryptonewshub.comments import receivers  # noqa: F401
