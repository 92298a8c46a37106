"""What the log's new entries touch: the addresses to be baked again, for stories and for what readers say of them."""

from __future__ import annotations

from collections.abc import Container, Sequence

from cryptonewshub.comments.addresses import SITE_FEED
from cryptonewshub.comments.models import Thread
from cryptonewshub.delivery.printers import accuracy_policy
from cryptonewshub.delivery.printers.threads import addresses_of
from cryptonewshub.delivery.site_files import file_of
from cryptonewshub.delivery.surroundings import NewsroomSurroundings
from cryptonewshub.editions.models import Edition, LogEntry
from cryptonewshub.reader.affected import affected
from cryptonewshub.reader.site import Site
from cryptonewshub.tlog.manifests import Kind


def touched_by(entries: Sequence[LogEntry]) -> set[str]:
    """The addresses that these entries of the log change."""
    touched, around = set[str](), NewsroomSurroundings()
    readable = Edition.objects.readable()
    for edition in readable.filter(pk__in=[entry.edition_id for entry in entries if entry.edition_id]):
        previous = readable.filter(article=edition.article_id, version=edition.version - 1).first()
        touched |= affected(edition.read(), previous.read() if previous else None, around)
    if any(entry.kind == Kind.POLICY for entry in entries):
        touched.update(accuracy_policy.addresses())
    return touched


def touched_threads(entries: Sequence[LogEntry]) -> list[Thread]:
    """The threads whose comments or whose story have changed."""
    articles = {entry.article_id for entry in entries}
    return [*Thread.objects.stale(), *Thread.objects.baked().filter(article_id__in=articles)]


def thread_addresses(site: Site, threads: Sequence[Thread]) -> list[str]:
    """Their pages, and the addresses of pages that are there and should not be any more."""
    pages = [address for thread in threads for address in addresses_of(site, thread)]
    pages += [SITE_FEED] if pages else []
    return list(dict.fromkeys([*pages, *(address for page in pages for address in _pages_beyond(page, pages))]))


def _pages_beyond(thread_page: str, pages: Container[str]) -> list[str]:
    """What is left of a thread that has become shorter."""
    folders = file_of(thread_page).parent.glob("[1-9]*/") if thread_page.endswith("/comments/") else ()
    return [address for folder in folders if (address := f"{thread_page}{folder.name}/") not in pages]
