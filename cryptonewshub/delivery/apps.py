from typing import Any

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "cryptonewshub.delivery"
    verbose_name = "Delivery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cryptonewshub.editions.sealing import sealed

        sealed.connect(_bake_after_commit, dispatch_uid="bake-after-commit")


def _bake_after_commit(**kwargs: Any) -> None:
    """A bake that fails is no reason to unpublish: the edition stays in the queue for the next bake."""
    from django.db import transaction

    from cryptonewshub.delivery.baking import bake_pending

    transaction.on_commit(lambda: bake_pending(), robust=True)
