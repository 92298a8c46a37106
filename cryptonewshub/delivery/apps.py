import logging
from typing import Any

from django.apps import AppConfig

logger = logging.getLogger(__name__)


class DeliveryConfig(AppConfig):
    name = "cryptonewshub.delivery"
    verbose_name = "Delivery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cryptonewshub.editions.sealing import sealed

        sealed.connect(_bake_after_commit, dispatch_uid="bake-after-commit")


def _bake_after_commit(**kwargs: Any) -> None:
    from django.db import transaction

    transaction.on_commit(_bake, robust=True)


def _bake() -> None:
    """A bake that fails is no reason to unpublish: the edition stays in the queue for the next bake."""
    from cryptonewshub.delivery.baking import bake_pending

    try:
        bake_pending()
    except OSError as error:
        logger.error("The pages could not be written: %s. They wait for the next publication or “cnh bake”.", error)
