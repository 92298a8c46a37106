from typing import Any

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "cryptonewshub.sources"
    verbose_name = "Sources"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_save

        post_save.connect(_enter_after_commit, sender="sources.Source", dispatch_uid="enter-into-the-index")


def _enter_after_commit(instance: Any, **kwargs: Any) -> None:
    """Whatever saves a source, the form, a capture or an import: the index follows, once it is committed."""
    from django.db import transaction

    from cryptonewshub.sources.searching import enter

    transaction.on_commit(lambda: enter(instance), robust=True)
