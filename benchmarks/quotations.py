"""Measure how well quotations are found and given to their speakers, beside what others reach.

    python -m benchmarks.quotations [FOLDER]

FOLDER holds `data/quotations` (default: `shared` beside the checkout). The weights were learned from the same articles,
so the row of known articles flatters; the row above it learns on one half of the articles and measures on the other,
both ways, and is the honest one. Exit status 2 without the data.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.polnear import (
    SHARED,
    Article,
    Span,
    is_ignored,
    is_same_person,
    match_spans,
    overlap,
    read_articles,
    split_span,
)
from benchmarks.train_quotations import learn_speakers, learn_speech, prepare
from cryptonewshub.quotations.attribution.weights import Weights
from cryptonewshub.quotations.finding import find_quotations, find_with_weights
from cryptonewshub.quotations.vocabulary import Kind, Quotation

# From design notes: 251 other articles of the same collection, so near but not the same.
BASELINES = [
    ("marks by regular expression, nearest name", "93.4 / 98.0 / 95.7", "61.5 %", "-", "1,000,000"),
    ("textacy 0.13 with spaCy small", "82.9 / 71.2 / 76.6", "57.8 %", "-", "2,700"),
    ("GenderGapTracker rules with spaCy small", "93.4 / 68.2 / 78.8", "50.5 %", "-", "3,500"),
    ("rules of 420 lines, no model", "97.1 / 95.9 / 96.5", "83.7 %", "86 %", "94,000"),
]


@dataclass(slots=True)
class Score:
    """Counts over articles; `persons` and `right` are of quotations whose speaker is known by name."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, article: Article, quotations: list[Quotation]) -> None:
        found = _predicted(article, quotations)
        matched = match_spans([span for span, _ in found], [gold.span for gold in article.quotations])
        self.counts["found"] += len(found)
        self.counts["gold"] += len(article.quotations)
        self.counts["matched"] += len(matched)
        self.counts["other"] += len(article.other)
        for i, (span, _) in enumerate(found):
            if i not in matched:
                self.counts["other taken"] += any(overlap(span, other) >= 0.5 for other in article.other)
        self._persons(article, {j: found[i][1] for i, j in matched.items()})

    def _persons(self, article: Article, answers: dict[int, Quotation]) -> None:
        for j, gold in enumerate(article.quotations):
            if gold.accepted:
                speaker = answers[j].speaker if j in answers else None
                is_right = speaker is not None and any(is_same_person(speaker.name, one) for one in gold.accepted)
                for kind in ("person", gold.speaker_type):
                    self.counts[f"{kind} asked"] += 1
                    self.counts[f"{kind} found"] += j in answers
                    self.counts[f"{kind} right"] += is_right

    def share(self, part: str, whole: str) -> float:
        return 100 * self.counts[part] / (self.counts[whole] or 1)

    @property
    def spans(self) -> str:
        precision, recall = self.share("matched", "found"), self.share("matched", "gold")
        f1 = 2 * precision * recall / ((precision + recall) or 1)
        return f"{precision:.1f} / {recall:.1f} / {f1:.1f}"


def _predicted(article: Article, quotations: list[Quotation]) -> list[tuple[Span, Quotation]]:
    found = [
        (span, quotation)
        for quotation in quotations
        if quotation.kind is not Kind.NOT_SPEECH
        for span in split_span(article.text, quotation.start, quotation.end)
    ]
    return [(span, quotation) for span, quotation in found if not is_ignored(span, article)]


def score_articles(articles: list[Article]) -> Score:
    score = Score()
    for article in articles:
        score.add(article, find_quotations(article.text))
    return score


def score_across_halves(articles: list[Article]) -> Score:
    """Learn on one half of the articles and score the other, both ways."""
    lessons = [prepare(article) for article in articles]
    score = Score()
    for half in (0, 1):
        taught = [lesson for lesson in lessons if lesson.article.half == half]
        weights = Weights(learn_speech(taught), learn_speakers(taught), {})
        for article in articles:
            if article.half != half:
                score.add(article, find_with_weights(article.text, weights))
    return score


def words_a_second(articles: list[Article]) -> float:
    """Words of prose read in a second of processor time, once the weights are loaded."""
    find_quotations('"Warm," Ada Berg said.')
    started = time.process_time()
    for article in articles:
        find_quotations(article.text)
    return sum(len(article.text.split()) for article in articles) / (time.process_time() - started)


def row(name: str, score: Score, speed: str) -> tuple[str, ...]:
    return (
        name,
        score.spans,
        f"{score.share('person right', 'person asked'):.1f} %",
        f"{score.share('pronoun right', 'pronoun found'):.1f} %",
        speed,
        f"{score.counts['other taken']} of {score.counts['other']}",
    )


def table(rows: list[tuple[str, ...]]) -> str:
    head = (
        "system",
        "precision / recall / F1",
        "right person",
        "pronouns",
        "words/s",
        "titles, terms taken for speech",
    )
    full = [head, *((*cells, "-") if len(cells) < len(head) else cells for cells in rows)]
    widths = [max(len(cells[i]) for cells in full) for i in range(len(head))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) for cells in full)


def main(arguments: list[str]) -> int:
    data = (Path(arguments[0]) if arguments else SHARED) / "data" / "quotations"
    try:
        articles = read_articles(data / "polnear_dev.jsonl", data / "polnear_resolved_dev.jsonl")
    except FileNotFoundError:
        print(
            f"There is no polnear_dev.jsonl in {data}. Give the folder that holds data/quotations as the argument.",
            file=sys.stderr,
        )
        return 2
    speed = words_a_second(articles)
    known = row("this engine, articles that it learned from", score_articles(articles), f"{speed:,.0f}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    new = row("this engine, the half it did not learn from", score_across_halves(articles), f"{speed:,.0f}")
    print(table([new, known, *BASELINES]))
    print(f"{len(articles)} articles; overlap 0.8; memory {memory} MB with all the articles in it.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
