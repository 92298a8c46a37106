"""Learn the two tables of weights of `cryptonewshub/quotations/attribution/weights.json` from the annotated articles.

    python -m benchmarks.train_quotations [FOLDER] [--check]

`--check` learns on each half of the articles and measures on the other, writes nothing, and is how the models were
chosen. Without it everything is learned from all articles and written, with each rule's share of right answers as it
was measured across the halves. Pure Python, seeded: the same data give the same weights.

Both models are linear: speech is a logistic regression, the speaker a softmax over a quotation's candidates (several
may be right); both by AdaGrad (Duchi, Hazan, Singer 2011); averaged over the later passes.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.polnear import (
    SHARED,
    Article,
    GoldQuotation,
    is_ignored,
    is_same_person,
    match_spans,
    overlap,
    read_articles,
    strip_span,
)
from cryptonewshub.quotations.attribution import weights as stored
from cryptonewshub.quotations.attribution.candidates import Candidate, Scene, candidates_for, set_scene, shape_of
from cryptonewshub.quotations.attribution.marks import MarkedSpan, find_marked_spans
from cryptonewshub.quotations.attribution.mentions import find_mentions
from cryptonewshub.quotations.attribution.paragraphs import split_paragraphs
from cryptonewshub.quotations.attribution.persons import Inventory, find_names
from cryptonewshub.quotations.attribution.speakers import SURE, Choice, History, rule_of
from cryptonewshub.quotations.attribution.speech import find_echoes, speech_features, subjects_of_cues
from cryptonewshub.quotations.attribution.words import read_stream

FIRST_KEPT = 4  # the passes before are not averaged
FEWEST = 3  # a feature that is seen less often is left out
Table = dict[str, float]


@dataclass(slots=True)
class Task:
    """One quotation for the ranker: its candidates, and which of them are right."""

    quote: int
    gold: GoldQuotation
    candidates: list[Candidate]
    shape: str
    right: set[int]


@dataclass(slots=True)
class Lesson:
    """One article made ready."""

    article: Article
    scene: Scene
    spans: list[MarkedSpan]
    speech: list[tuple[list[str], bool]] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)


def prepare(article: Article) -> Lesson:
    text = article.text
    paragraphs = split_paragraphs(text)
    spans = find_marked_spans(text, paragraphs)
    stream = read_stream(text, paragraphs, spans)
    found = [strip_span(text, span.start, span.end) for span in spans]
    gold = match_spans(found, [quotation.span for quotation in article.quotations])
    inventory = Inventory()
    names = find_names(stream)
    for name in names:
        inventory.add(name)
    mentions = find_mentions(stream, names)
    subjects = subjects_of_cues(mentions)
    scene = set_scene(stream, mentions, [i in gold for i in range(len(spans))])
    lesson = Lesson(article, scene, spans)
    echoes = find_echoes(stream)
    for i, span in enumerate(spans):
        if i in gold:
            lesson.tasks.append(_task(scene, i, article.quotations[gold[i]]))
        if not is_ignored(found[i], article) and not (i not in gold and _touches(found[i], article)):
            features = speech_features(stream, i, span.mark, span.is_balanced, echoes[i], subjects)
            lesson.speech.append((features, i in gold))
    return lesson


def _touches(span: tuple[int, int], article: Article) -> bool:
    return any(overlap(span, quotation.span) > 0 for quotation in article.quotations)


def _task(scene: Scene, quote: int, gold: GoldQuotation) -> Task:
    candidates = candidates_for(scene, quote)
    return Task(quote, gold, candidates, shape_of(scene, quote), _right(scene, candidates, gold))


def _right(scene: Scene, candidates: list[Candidate], gold: GoldQuotation) -> set[int]:
    """The candidates that overlap the annotated speaker; of a named one, those that bear the name."""
    over = {
        i
        for i, candidate in enumerate(candidates)
        if any(candidate.mention.start < end and candidate.mention.end > start for start, end in gold.speaker_spans)
    }
    if gold.speaker_type != "named":
        return over
    return {i for i in over if is_same_person(_name(scene, candidates[i]), gold.speaker)} or over


def _name(scene: Scene, candidate: Candidate) -> str:
    mention = candidate.mention
    return mention.entry.name if mention.entry else scene.stream.text[mention.start : mention.end]


def learn_speech(lessons: list[Lesson], passes: int = 14, rate: float = 0.1, decay: float = 3.0) -> Table:
    rows = [row for lesson in lessons for row in lesson.speech]
    counts = Counter(feature for features, _ in rows for feature in features)
    rows = [([feature for feature in features if counts[feature] >= FEWEST], is_speech) for features, is_speech in rows]
    table: Table = defaultdict(float)
    seen: Table = defaultdict(lambda: 0.1)
    totals: Table = defaultdict(float)
    for number in range(passes):
        random.Random(number).shuffle(rows)
        for features, is_speech in rows:
            score = sum([table[feature] for feature in features])
            slope = 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - is_speech
            for feature in features:
                step = slope + decay * table[feature] / counts[feature]
                seen[feature] += step * step
                table[feature] -= rate * step / math.sqrt(seen[feature])
        if number >= FIRST_KEPT:
            for feature, weight in table.items():
                totals[feature] += weight / (passes - FIRST_KEPT)
    return _rounded(totals)


def _rounded(table: Table) -> Table:
    return {feature: round(weight, 2) for feature, weight in sorted(table.items()) if abs(weight) >= 0.02}


def learn_speakers(lessons: list[Lesson], passes: int = 6, rate: float = 0.1) -> Table:
    counts = Counter(f for lesson in lessons for task in lesson.tasks for c in task.candidates for f in c.features)
    ranker = Ranker({feature for feature, count in counts.items() if count < FEWEST}, rate)
    order = list(lessons)
    for number in range(passes):
        random.Random(number).shuffle(order)
        ranker.rate = rate if number < passes - 2 else rate * 0.4
        for lesson in order:
            ranker.study(lesson)
        if number:
            ranker.remember()
    return _rounded({feature: total / (passes - 1) for feature, total in ranker.totals.items()})


class Ranker:
    """A softmax over candidates, learned while it decides, so that it sees its own earlier decisions."""

    def __init__(self, rare: set[str], rate: float) -> None:
        self.rare, self.rate = rare, rate
        self.table: Table = {}
        self.seen: Table = {}
        self.totals: Table = defaultdict(float)

    def study(self, lesson: Lesson) -> None:
        history = History(lesson.scene)
        for task in lesson.tasks:
            if task.candidates:
                self._study(history, task)

    def _study(self, history: History, task: Task) -> None:
        rows = [c.features + history.features(task.quote, c, task.shape) for c in task.candidates]
        shares = softmax(rows, self.table)
        if task.right:
            self._learn(rows, shares, task.right)
        best = max(range(len(shares)), key=shares.__getitem__)
        candidate = task.candidates[best]
        history.note(task.quote, Choice(candidate, shares[best], history.antecedents.of(candidate.mention)))

    def _learn(self, rows: list[list[str]], shares: list[float], right: set[int]) -> None:
        mass = sum(shares[i] for i in right) or 1e-9
        for i, features in enumerate(rows):
            slope = shares[i] - (shares[i] / mass if i in right else 0.0)
            if abs(slope) < 1e-3:
                continue
            for feature in features:
                if feature not in self.rare:
                    seen = self.seen[feature] = self.seen.get(feature, 0.01) + slope * slope
                    self.table[feature] = self.table.get(feature, 0.0) - self.rate * slope / math.sqrt(seen)

    def remember(self) -> None:
        for feature, weight in self.table.items():
            self.totals[feature] += weight


def softmax(rows: list[list[str]], table: Table) -> list[float]:
    scores = [sum([table[feature] for feature in features if feature in table]) for features in rows]
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


@dataclass(slots=True)
class Measured:
    """Counts across articles: right speakers by type of speaker, and by rule and share of the weight."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    by_rule: dict[tuple[str, bool], list[bool]] = field(default_factory=lambda: defaultdict(list))
    speech: list[tuple[float, bool]] = field(default_factory=list)


def measure(lessons: Iterable[Lesson], speech: Table, speakers: Table, measured: Measured) -> None:
    for lesson in lessons:
        for features, is_speech in lesson.speech:
            measured.speech.append((sum(speech.get(feature, 0.0) for feature in features), is_speech))
        history = History(lesson.scene)
        for task in lesson.tasks:
            if task.candidates:
                _measure(lesson, history, task, speakers, measured)


def _measure(lesson: Lesson, history: History, task: Task, table: Table, measured: Measured) -> None:
    rows = [c.features + history.features(task.quote, c, task.shape) for c in task.candidates]
    shares = softmax(rows, table)
    best = max(range(len(shares)), key=shares.__getitem__)
    mention = task.candidates[best].mention
    choice = Choice(task.candidates[best], shares[best], history.antecedents.of(mention))
    history.note(task.quote, choice)
    if not task.gold.speaker_spans:
        return
    name = choice.entry.name if choice.entry else lesson.article.text[mention.start : mention.end]
    is_over = any(mention.start < end and mention.end > start for start, end in task.gold.speaker_spans)
    accepted = task.gold.accepted
    is_right = any(is_same_person(name, person) for person in accepted) if accepted else is_over
    measured.by_rule[rule_of(choice), choice.share >= SURE].append(is_right)
    for kind in (task.gold.speaker_type, "person" if accepted else "other"):
        measured.all[kind] += 1
        measured.right[kind] += is_right


def report(measured: Measured) -> str:
    lines = [f"{kind:8} {100 * measured.right[kind] / n:5.1f} % of {n}" for kind, n in sorted(measured.all.items())]
    for (rule, is_sure), answers in sorted(measured.by_rule.items()):
        lines.append(
            f"  {rule:18} {'sure' if is_sure else 'doubtful':8} {sum(answers) / len(answers):.3f} of {len(answers)}"
        )
    return "\n".join([*lines, *_operating_points(measured.speech)])


def _operating_points(speech: list[tuple[float, bool]]) -> list[str]:
    lines = []
    for threshold in (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5):
        missed = sum(is_speech and score <= threshold for score, is_speech in speech)
        taken = sum(not is_speech and score > threshold for score, is_speech in speech)
        speeches = sum(is_speech for _, is_speech in speech)
        lines.append(
            f"threshold {threshold:4.1f}: {100 * missed / speeches:4.1f} % of speech missed, "
            f"{100 * taken / (len(speech) - speeches):4.1f} % of the rest taken for speech"
        )
    return lines


def confidence(measured: Measured) -> dict[str, list[float]]:
    """For each rule, the share of right answers where the ranker was sure and where it was not (smoothed)."""
    rules = sorted({rule for rule, _ in measured.by_rule})
    return {rule: [_share(measured.by_rule.get((rule, is_sure), [])) for is_sure in (True, False)] for rule in rules}


def _share(answers: list[bool]) -> float:
    return round((sum(answers) + 1) / (len(answers) + 2), 2)


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn the weights of the quotation engine.")
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--check", action="store_true", help="learn on halves, measure on the other, write nothing")
    arguments = parser.parse_args()
    data = arguments.folder / "data" / "quotations"
    try:
        articles = read_articles(data / "polnear_dev.jsonl", data / "polnear_resolved_dev.jsonl")
    except FileNotFoundError:
        raise SystemExit(
            f"There is no polnear_dev.jsonl in {data}: give the folder that holds data/quotations."
        ) from None
    lessons = [prepare(article) for article in articles]
    measured = Measured()
    for half in (0, 1):
        taught = [lesson for lesson in lessons if lesson.article.half == half]
        others = [lesson for lesson in lessons if lesson.article.half != half]
        measure(others, learn_speech(taught), learn_speakers(taught), measured)
    print(report(measured))
    if not arguments.check:
        speech, speaker = learn_speech(lessons), learn_speakers(lessons)
        tables = {
            "speech": speech,
            "speaker": speaker,
            "confidence": confidence(measured),
        }
        path = Path(stored.__file__).with_name("weights.json")
        path.write_text(json.dumps(tables, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"Wrote {path.name}: {len(speech)} weights for speech, {len(speaker)} for speakers.")


if __name__ == "__main__":
    main()
