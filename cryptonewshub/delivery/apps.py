import logging
from typing import Any

from django.apps import AppConfig

logger = logging.getLogger(__name__)


class DeliveryConfig(AppConfig):
    name = "cryptonewshub.delivery"
    verbose_name = "Delivery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cryptonewshub.comments.signals import thread_changed
        from cryptonewshub.delivery import receivers  # noqa: F401  (they connect themselves)
        from cryptonewshub.editions.entering import entered
        from cryptonewshub.editions.erasing import emptying, withdrawn

        entered.connect(_bake, dispatch_uid="bake-what-was-entered")
        emptying.connect(_note_where_words_stand, dispatch_uid="note-where-words-stand")
        withdrawn.connect(_take_away, dispatch_uid="take-away-what-was-withdrawn")
        thread_changed.connect(_bake_after_commit, dispatch_uid="bake-what-was-said")


def _bake_after_commit(**kwargs: Any) -> None:
    from django.db import transaction

    transaction.on_commit(_bake, robust=True)


def _bake(**kwargs: Any) -> None:
    """What is in the log goes onto the pages. A bake that fails unpublishes nothing: the next one makes up for it."""
    from cryptonewshub.delivery.baking import bake_safely
    from cryptonewshub.delivery.indexing import update_index
    from cryptonewshub.reader.search.index import IndexUnavailable

    bake_safely()
    try:
        update_index()
    except (IndexUnavailable, OSError, ValueError) as error:
        logger.error("The search index could not be brought up to date: %s. “cnh index” does it again.", error)


def _note_where_words_stand(withdrawal: Any, **kwargs: Any) -> None:
    from cryptonewshub.delivery.baking import want_pages_with_words_of

    want_pages_with_words_of(withdrawal)


def _take_away(withdrawal: Any, **kwargs: Any) -> None:
    """Withdrawn words leave the pages and the search index. What raises here is done again by the next bake."""
    from cryptonewshub.delivery.baking import bake_after_withdrawal
    from cryptonewshub.delivery.caches.purges import purge_withdrawn
    from cryptonewshub.delivery.indexing import rebuild_index

    purge_withdrawn()
    bake_after_withdrawal(withdrawal)
    rebuild_index()
