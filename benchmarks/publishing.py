"""What one publication costs against the size of the archive: `python -m benchmarks.publishing HOME…`

Each HOME is a seeded newsroom (`cnh seed`); its log and pages grow by what is published here, so give copies. The
newsrooms take turns, a process each: a new story, and an update of a random one, by the act behind the editor's button,
`editions.publishing.publish_edition`: the desk's gate, sealing, the log, and baking. Times are milliseconds from its
start until the file of the story, the front, and the last page of all is replaced, by the files' own times. The
readers' server serves a file from the moment when it is replaced. An update of a story that is not on the front leaves
it alone.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagtail.models import Revision

COLUMNS = ("story", "front", "all", "processor", "questions", "pages")
Found = dict[tuple[str, str], list[dict[str, float]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("homes", nargs="*", type=Path, metavar="HOME")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        _publish_when_asked()
    else:
        print(report(take_turns(arguments.homes, arguments.rounds)))


def take_turns(homes: list[Path], rounds: int) -> Found:
    """What each publication cost, by what it was and by the name of the newsroom's folder."""
    words = [sys.executable, "-m", "benchmarks.publishing", "--child"]
    newsrooms = {
        home.name: subprocess.Popen(
            words, env={**os.environ, "CNH_HOME": str(home)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for home in homes
    }
    found: Found = defaultdict(list)
    for turn in range(rounds + 3):
        for act in ("new", "update"):
            for name, newsroom in newsrooms.items():
                assert newsroom.stdin
                assert newsroom.stdout
                print(act, turn, file=newsroom.stdin, flush=True)
                measured = json.loads(newsroom.stdout.readline())
                if turn >= 3:  # the first ones load templates and fill memories
                    found[act, name].append(measured)
    for newsroom in newsrooms.values():
        newsroom.communicate()
    return found


def report(found: Found) -> str:
    """A table in Markdown: half of them within, and 95 in 100 within."""
    lines = ["| | " + " | ".join(COLUMNS) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    for (act, name), rows in found.items():
        columns = [_middle_and_slow([row[column] for row in rows if column in row]) for column in COLUMNS]
        lines.append(f"| {'a new story' if act == 'new' else 'an update'}, {name} | " + " | ".join(columns) + " |")
    return "\n".join(lines)


def _middle_and_slow(values: list[float]) -> str:
    if not values:
        return ""
    return f"{statistics.median(values):.0f} / {sorted(values)[max(int(len(values) * 0.95) - 1, 0)]:.0f}"


def _publish_when_asked() -> None:
    from cryptonewshub.cli.newsroom import open_newsroom
    from cryptonewshub.delivery.collecting import collect_seldom

    open_newsroom()
    from cryptonewshub.editions.models import LogEntry

    _take_the_log_as_baked()
    collect_seldom()  # as `cnh serve` does
    dice = random.Random(LogEntry.objects.next_index())  # other stories in the next run, or theirs would grow old
    for line in sys.stdin:
        act, turn = line.split()
        revision = _new_story(dice, turn) if act == "new" else _update(dice, turn)
        print(json.dumps(_measured(revision)), flush=True)


def _take_the_log_as_baked() -> None:
    """A newsroom that was never baked would bake everything now; one page does not need the others to be there."""
    from cryptonewshub.delivery import cursor
    from cryptonewshub.delivery.models import Wanted
    from cryptonewshub.editions.models import LogEntry

    cursor.state().mkdir(parents=True, exist_ok=True)
    cursor.advance(LogEntry.objects.next_index())
    Wanted.objects.all().delete()


def _new_story(dice: random.Random, turn: str) -> Revision:
    """The draft of a new story that says what another one says."""
    from cryptonewshub.articles.models import ArticleAuthor, ArticlePage, ArticleSource

    other: Any = _any_story(dice).get_latest_revision_as_object()
    page = ArticlePage(title=f"{other.title}, again", slug=f"again-{turn}-{time.time_ns()}", live=False)
    page.standfirst, page.body, page.language = other.standfirst, other.body, other.language
    page.authors = [ArticleAuthor(author=signed.author) for signed in other.authors.all()]
    page.attached_sources = [ArticleSource(key=a.key, source=a.source) for a in other.attached_sources.all()]
    page.topics = list(other.topics.all())
    other.get_parent().add_child(instance=page)
    return page.save_revision()


def _update(dice: random.Random, turn: str) -> Revision:
    draft: Any = _any_story(dice).get_latest_revision_as_object()
    draft.standfirst = f"{draft.standfirst} Again: {turn}."
    draft.choose_change("update")
    return draft.save_revision()


def _any_story(dice: random.Random) -> Any:
    from cryptonewshub.articles.models import ArticlePage

    first, last = (ArticlePage.objects.order_by(end).values_list("pk", flat=True).first() for end in ("pk", "-pk"))
    assert first
    assert last
    return next(
        found
        for _ in range(1000)
        if (found := ArticlePage.objects.live().filter(pk=dice.randrange(first, last + 1)).first())
    )


def _measured(revision: Revision) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from cryptonewshub.delivery import cursor
    from cryptonewshub.delivery.site_files import file_of
    from cryptonewshub.editions.publishing import publish_edition

    noted = cursor.state() / "written"  # a line for each file that is replaced
    start = noted.stat().st_size if noted.exists() else 0
    connection.queries_log.clear()
    began, clock, worked = time.time(), time.perf_counter(), time.process_time()
    with CaptureQueriesContext(connection) as queries:
        edition = publish_edition(revision).edition
    whole, processor = time.perf_counter() - clock, time.process_time() - worked
    with noted.open("rb") as lines:
        lines.seek(start)
        written = {line.decode()[65:-1] for line in lines}
    found = {"all": 1000 * whole, "processor": 1000 * processor, "questions": len(queries), "pages": len(written)}
    for name, address in (("story", edition.path), ("front", "/")):
        if f"{address}index.html".lstrip("/") in written:
            found[name] = 1000 * (file_of(address).stat().st_mtime - began)
    return found


if __name__ == "__main__":
    main()
