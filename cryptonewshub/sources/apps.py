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
    if instance.is_confidential:
        _forget_its_name(instance)


def _forget_its_name(source: Any) -> None:
    """Wagtail's records keep what a thing was called at the time; they are read by more people than its list names."""
    from wagtail.models import ModelLogEntry

    ModelLogEntry.objects.for_instance(source).update(label=str(source))
