"""What the public log costs: `python -m benchmarks.log [--entries N]`, in a newsroom that it makes and throws away.

Entering in batches, one publication on a long log, opening the log, a full audit, and the size of a proof. A time is
the median of its runs; beside it stand the processor's part of it, which another program on the machine does not
change, and how often the whole fits into what is promised.
"""

from __future__ import annotations

import argparse
import base64
import os
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptonewshub.articles.models import ArticlePage
    from cryptonewshub.editions.content import Content

BATCH = 10_000
PUBLICATIONS = 40


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    count = parser.parse_args().entries
    with tempfile.TemporaryDirectory(prefix="cnh-bench-") as folder:
        _found(Path(folder))
        _report("10,000 entries in batches", _batches(count), promised=60.0)
        _report("sealing and logging one version", _publications(), promised=0.050)
        _report("opening the log", [_timed(_open) for _ in range(5)], promised=10.0)
        _report("auditing all of it", [_timed(_audit)], promised=600.0)
        _report_proof()


def _found(home: Path) -> None:
    os.environ.update(CNH_HOME=str(home), CNH_BASE_URL="https://news.example.org")
    from cryptonewshub.cli.init import make_newsroom
    from cryptonewshub.config.home import Home

    make_newsroom(Home(home), demo=False)


def _batches(count: int) -> list[tuple[float, float]]:
    """The log is made as long as asked, 10,000 acts at a time: signed, entered, marked in the database, proved."""
    return [_timed(partial(_batch, start)) for start in range(0, count, BATCH)]


def _batch(start: int) -> None:
    from django.conf import settings
    from django.utils import timezone

    from cryptonewshub.editions.entering import sequence_pending
    from cryptonewshub.editions.keys import DESK_KEY, read_keys
    from cryptonewshub.editions.models import LogEntry
    from cryptonewshub.tlog.leaves import sign_manifest
    from cryptonewshub.tlog.manifests import Kind, Manifest

    key = read_keys(settings.CNH_HOME.keys, DESK_KEY)[-1]
    made = timezone.now().replace(microsecond=0)
    rows = []
    for number in range(start, start + BATCH):
        document = b'{"number":%d}' % number
        manifest = Manifest(kind=Kind.POLICY, made=made, doc=sha256(document).digest())
        signed = sign_manifest(manifest, key).to_bytes()
        rows.append(
            LogEntry(
                kind=Kind.POLICY,
                made=made,
                document=document,
                manifest=signed,
                manifest_sha256=sha256(signed).hexdigest(),
            )
        )
    LogEntry.objects.bulk_create(rows, batch_size=500)
    assert len(sequence_pending()) == BATCH


def _publications() -> list[tuple[float, float]]:
    """One story, again and again, as versions of some hundred paragraphs: sealed, signed, entered, marked, proved."""
    from django.utils import timezone

    from cryptonewshub.editions.sealing import preview_of

    page = _draft()
    content = preview_of(page, now=timezone.now())
    return [_timed(partial(_publish, page, content, version)) for version in range(1, PUBLICATIONS + 1)]


def _draft() -> ArticlePage:
    from cryptonewshub.articles.drafting import draft_article
    from cryptonewshub.articles.models import ArticlePage
    from cryptonewshub.articles.stories import parse_story

    text = "---\ntitle: A long story\nslug: a-long-story\nsection: Security\nbyline: Staff\n---\n\n"
    story = parse_story(text + "The ferry sails on Tuesday, and nobody knows why.\n\n" * 150, path=Path("story.md"))
    return ArticlePage.objects.get(pk=draft_article(story).object_id)


def _publish(page: ArticlePage, content: Content, version: int) -> None:
    from django.db import transaction

    from cryptonewshub.editions.content import Change
    from cryptonewshub.editions.entering import enter_version, sequence_pending, waiting
    from cryptonewshub.editions.sealing import keep_edition

    sealed = replace(
        content,
        version=version,
        salt=base64.b64encode(secrets.token_bytes(32)).decode(),
        change=Change.FIRST if version == 1 else Change.UPDATE,
    )
    with waiting():
        with transaction.atomic():
            enter_version(keep_edition(page, sealed))
        sequence_pending()


def _open() -> None:
    from django.conf import settings

    from cryptonewshub.editions.entering import log_folder
    from cryptonewshub.editions.sequencing import open_log

    with open_log(log_folder(), settings.CNH_HOME.keys):
        pass


def _audit() -> None:
    from cryptonewshub.editions.auditing import Spare, audit
    from cryptonewshub.editions.entering import log_folder

    assert audit(log_folder(), Spare()) == []


def _report_proof() -> None:
    from cryptonewshub.editions.entering import log_folder

    sizes = [file.stat().st_size for file in (log_folder().path / "proof").iterdir()]
    print(f"{'the longest proof':32} {max(sizes)} bytes of 2,000")


def _timed(act: Callable[[], None]) -> tuple[float, float]:
    """Seconds, and those of them in which the processor worked for us."""
    began, worked = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - began, time.process_time() - worked


def _report(what: str, times: list[tuple[float, float]], *, promised: float) -> None:
    whole, worked = (statistics.median(column) for column in zip(*times, strict=True))
    print(
        f"{what:32} {whole * 1000:10.1f} ms ({worked * 1000:.1f} ms of processor), "
        f"{promised / whole:.1f} times within {promised:g} s",
        flush=True,
    )


if __name__ == "__main__":
    main()
