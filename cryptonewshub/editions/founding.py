"""Founding the log of a newsroom: its two keys, its empty log, and the first entry, which names the keys."""

from __future__ import annotations

from django.conf import settings

from cryptonewshub.accuracy.house_policy import current_policy_document
from cryptonewshub.accuracy.models import HousePolicy
from cryptonewshub.editions.entering import (
    enter_genesis,
    enter_policy,
    enter_version,
    log_folder,
    sequence_pending,
    waiting,
)
from cryptonewshub.editions.keys import DESK_KEY, LOG_KEY, make_keys, origin_of, read_keys
from cryptonewshub.editions.models import Edition, LogEntry
from cryptonewshub.editions.rebuilding import rebuild
from cryptonewshub.editions.sequencing import found_log
from cryptonewshub.tlog.key_list import KeyDocument
from cryptonewshub.tlog.manifests import Kind


def found_newsroom_log() -> None:
    """Makes what is missing. The log's name comes from CNH_BASE_URL once, and never changes after.

    Raises LogRefusedError when there are files of a log without its lock store.
    """
    keys, folder = settings.CNH_HOME.keys, log_folder()
    make_keys(keys, origin_of(settings.CNH_BASE_URL))
    document = KeyDocument(
        origin=read_keys(keys, LOG_KEY)[0].name,
        log=tuple(key.verifier for key in read_keys(keys, LOG_KEY)),
        desk=tuple(key.verifier for key in read_keys(keys, DESK_KEY)),
    )
    found_log(folder, document, keys)
    if not LogEntry.objects.exists():
        # A new database beside an old log knows nothing of it yet; beside a new log this takes in nothing.
        rebuild()
    with waiting():
        if not LogEntry.objects.filter(kind=Kind.GENESIS).exists():
            enter_genesis(document)
            if HousePolicy.objects.exists():
                enter_policy(current_policy_document())
        for edition in Edition.objects.filter(entries=None).order_by("pk"):
            enter_version(edition)
    sequence_pending()
