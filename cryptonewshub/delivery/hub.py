"""Telling a WebSub hub that feeds have changed (https://www.w3.org/TR/websub/, section 6): it tells their readers.

Apart from the publication, after it, and never a reason for anything to fail: a hub that is away is named in the log.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from threading import Thread
from urllib.parse import urlencode

from django.conf import settings

from cryptonewshub.reader.machines import ATOM, FEED, JSON_FEED
from cryptonewshub.sources.destinations import FetchRefused, destination_of
from cryptonewshub.sources.fetching import Limits, post

logger = logging.getLogger(__name__)
_FORM = "application/x-www-form-urlencoded"
_ENDINGS = (FEED, ATOM, JSON_FEED)


def tell_the_hub_of(written: Iterable[str]) -> Thread | None:
    """Tells the hub of the feeds among these addresses, in a thread of its own; None when there is nothing to tell."""
    feeds = [address for address in written if address.endswith(_ENDINGS)]
    if not feeds or not settings.CNH_WEBSUB_HUB:
        return None
    thread = Thread(target=_tell, args=(settings.CNH_WEBSUB_HUB, feeds), name="tell the hub", daemon=True)
    thread.start()
    return thread


def _tell(hub: str, feeds: Iterable[str]) -> None:
    """One request for each feed: that is what every hub understands."""
    for feed in feeds:
        body = urlencode({"hub.mode": "publish", "hub.url": f"{settings.CNH_BASE_URL}{feed}"}).encode()
        try:
            # The operator has named the hub, so it may be one in the newsroom's own network.
            limits = Limits(seconds=10.0, most_bytes=64_000, allowed=(destination_of(hub).place,))
            answer = post(hub, body, media_type=_FORM, limits=limits)
        except FetchRefused as refused:
            logger.warning("The hub was not told of %s. %s", feed, refused)
            return
        if answer.status >= 300:
            logger.warning("The hub at %s refused to be told of %s: %s %s.", hub, feed, answer.status, answer.reason)
