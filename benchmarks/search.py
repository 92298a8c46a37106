"""Search over a generated archive: how long the index takes to build, to follow one story, and to answer.

    python -m benchmarks.search [STORIES] [--postgres URL]

Words are drawn by Zipf's law from 60,000 invented ones, 450 a story. Every answer is a page of 20 hits with snippets.
Times of answers and changes are this process's CPU time, so that other work on the machine does not count: no HTTP, no
page. The time to build is by the clock.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from cryptonewshub.reader.search.files import FileIndex
from cryptonewshub.reader.search.findable import Findable, Kind
from cryptonewshub.reader.search.index import SearchIndex
from cryptonewshub.reader.search.questions import read_question

_VOCABULARY = 60_000
_SYLLABLES = (
    "ba",
    "ke",
    "li",
    "mo",
    "tu",
    "ra",
    "ne",
    "so",
    "vi",
    "du",
    "pel",
    "gar",
    "tin",
    "sor",
    "han",
    "bri",
    "ost",
    "uld",
)
_BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
_ASKED = 400


class Words:
    """Invented words, the n-th about 1/n as frequent as the first."""

    def __init__(self) -> None:
        self.all = [self._word(number) for number in range(_VOCABULARY)]
        self._weights = list(accumulate(1 / (number + 2.7) for number in range(_VOCABULARY)))

    def text(self, dice: random.Random, count: int) -> list[str]:
        return dice.choices(self.all, cum_weights=self._weights, k=count)

    @staticmethod
    def _word(number: int) -> str:
        dice = random.Random(number)
        return "".join(dice.choice(_SYLLABLES) for _ in range(2 + dice.randrange(3)))


def stories(words: Words, count: int) -> Iterator[Findable]:
    dice = random.Random(7)
    for number in range(count):
        yield story(words, dice, number)
        if sys.stderr.isatty() and number % 1000 == 0:
            print(f"\r  {number} of {count}", end="", file=sys.stderr)


def story(words: Words, dice: random.Random, number: int) -> Findable:
    return Findable(
        id=f"story:{number}",
        owner=str(number),
        kind=Kind.STORY,
        path=f"/s/{number}/",
        title=" ".join(words.text(dice, 9)).capitalize(),
        text=". ".join(" ".join(words.text(dice, 15)).capitalize() for _ in range(30)),
        language="en",
        published=_BEGAN + timedelta(minutes=30 * number),
        section=f"section-{number % 7}",
        section_name=f"Section {number % 7}",
        persons=(f"person-{number % 500}",),
    )


def questions(words: Words) -> dict[str, Callable[[random.Random], str]]:
    return {
        "one word": lambda dice: words.all[min(int(dice.expovariate(1 / 800)), _VOCABULARY - 1)],
        "common word": lambda dice: words.all[dice.randrange(40)],
        "rare word": lambda dice: words.all[dice.randrange(20_000, _VOCABULARY)],
        "two words": lambda dice: " ".join(
            words.all[min(int(dice.expovariate(1 / 800)), _VOCABULARY - 1)] for _ in range(2)
        ),
        "phrase": lambda dice: '"' + " ".join(words.text(dice, 2)) + '"',
        "word in a section": lambda dice: f"{words.all[dice.randrange(2000)]} section:section-3",
        "misspelt word": lambda dice: words.all[dice.randrange(2000, 4000)][::-1] + "q",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=int, nargs="?", default=100_000)
    parser.add_argument("--postgres", default="", help="the address of a PostgreSQL to measure instead")
    arguments = parser.parse_args()
    words = Words()
    with tempfile.TemporaryDirectory() as folder:
        measure(_index(arguments.postgres, Path(folder)), words, arguments.stories)
        if not arguments.postgres:
            size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
            print(f"size               {size / 1e6:8.0f} MB")


def _index(url: str, folder: Path) -> SearchIndex:
    if url:
        from cryptonewshub.reader.search.postgres import PostgresIndex

        return PostgresIndex(url)
    return FileIndex(folder)


def measure(index: SearchIndex, words: Words, count: int) -> None:
    generation = _timed(lambda: [None for _ in stories(words, count)])
    building = _timed(lambda: index.rebuild(stories(words, count), cursor=count)) - generation
    print(f"\rbuild {count:>9,}    {building:8.1f} s (and {generation:.1f} s to invent the stories)")
    dice = random.Random(1)
    updates = [_cpu(lambda n=n: index.replace([str(n)], [story(words, dice, n)], cursor=count + 1)) for n in range(20)]  # type: ignore[misc]
    print(f"one story put in   {1000 * statistics.median(updates):8.1f} ms (median of {len(updates)})")
    for name, ask in questions(words).items():
        asked = [read_question({"q": ask(dice)}) for _ in range(_ASKED)]
        times = sorted(1000 * _cpu(lambda q=question: index.ask(q, zone="UTC")) for question in asked)  # type: ignore[misc]
        print(f"{name:<18} p50 {times[len(times) // 2]:6.1f} ms  p99 {times[int(len(times) * 0.99) - 1]:6.1f} ms")


def _cpu(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
