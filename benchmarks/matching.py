"""Measure how well quotations are traced: right and wrong words, noise, speed, and the archive's search.

    python benchmarks/matching.py [FOLDER] [--only verify,letters,noise,speed,archive,hostile] [--seed 1] [--errors 5]

FOLDER has `data/quotations` and `data/bad-inputs`; it is `shared` beside the checkout unless given. Nothing is written.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptonewshub.quotations.comparison.prepared import prepare
from cryptonewshub.quotations.matching import match_quotation
from cryptonewshub.quotations.vocabulary import Match, SourceText, Verdict

DEFAULT_FOLDER = Path(__file__).resolve().parents[1] / ".." / "shared"
ACCEPTED = frozenset((Verdict.EXACT, Verdict.EDITED, Verdict.SHORT))
GRAVE = frozenset(("negation", "figure", "name"))
SENTENCE = re.compile(r"[A-Z][^?!]{40,250}?[.?!](?=\s[A-Z])")


@dataclass(frozen=True)
class Case:
    """A quotation as a story would have it, changed or not, and the source that it was taken from."""

    change: str
    text: str
    original: str
    source: SourceText
    speaker: str | None


def main() -> int:
    arguments = _arguments()
    data = arguments.folder / "data" / "quotations"
    if not (data / "polnear_dev.jsonl").exists():
        print(f"The development data is not in {data}; name the folder that has data/quotations.", file=sys.stderr)
        return 2
    parts: dict[str, Callable[[], None]] = {
        "verify": lambda: verify(data, arguments.errors),
        "letters": lambda: letters(data, arguments.seed, arguments.errors, noisy=False),
        "noise": lambda: letters(data, arguments.seed, arguments.errors, noisy=True),
        "speed": lambda: speed(arguments.seed),
        "archive": lambda: archive(arguments.seed),
        "hostile": lambda: hostile(arguments.folder / "data" / "bad-inputs" / "own" / "redos.jsonl"),
    }
    for name in arguments.only.split(","):
        parts[name]()
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--only", default="verify,letters,noise,speed,archive,hostile")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", type=int, default=0)
    return parser.parse_args()


def verify(data: Path, errors: int) -> None:
    """The quotations altered in known ways, each against five articles."""
    texts = {row["doc_id"]: row["text"] for row in _rows(data / "polnear_dev.jsonl")}
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for row in _rows(data / "verify_dev.jsonl"):
        match = match_quotation(row["quote"], [SourceText(name, texts[name]) for name in row["sources"]])
        table[f"{row['op']} ({row['expect']})"][match.verdict.value] += 1
        if errors and (row["expect"] in ("exact", "typographic", "allowed")) != (match.verdict in ACCEPTED):
            _show(row["op"], row["quote"], row["orig"], match)
    print("\nQuotations altered in known ways, five articles each")
    _print_verdicts(table)


def letters(data: Path, seed: int, errors: int, *, noisy: bool) -> None:
    """True quotations changed by one edit of each class, and unchanged, against the article or transcript."""
    rng = random.Random(seed)
    table: dict[str, Counter[str]] = defaultdict(Counter)
    shown: Counter[str] = Counter()
    spoilt: dict[str, SourceText] = {}
    for case in cases(data, rng):
        source = case.source
        if noisy:
            source = spoilt.setdefault(
                source.id, SourceText(source.id, spoil(source.text, rng), speaker=source.speaker)
            )
        match = match_quotation(case.text, [source], speaker=case.speaker)
        table[case.change][match.verdict.value] += 1
        wrong = (match.verdict in ACCEPTED) != (case.change == "unchanged")
        if wrong and shown[case.change] < errors:
            shown[case.change] += 1
            _show(case.change, case.text, case.original, match, case.speaker)
    print(f"\nOne edit of each class{', source with 2 % of characters misread' if noisy else ''}")
    _print_verdicts(table)
    changed = {change: count for change, count in table.items() if change != "unchanged"}
    passed = {change: sum(count[verdict] for verdict in ACCEPTED) for change, count in changed.items()}
    total = sum(count.total() for count in changed.values())
    unchanged = table["unchanged"]
    blocked = unchanged.total() - sum(unchanged[verdict] for verdict in ACCEPTED)
    print(
        f"changed {total}, passed {sum(passed.values())} ({sum(passed.values()) / total:.2%}); grave passed"
        f" {sum(passed.get(change, 0) for change in GRAVE)}"
    )
    print(f"unchanged {unchanged.total()}, blocked {blocked} ({blocked / unchanged.total():.2%})")


def cases(data: Path, rng: random.Random) -> Iterator[Case]:
    """The unchanged quotations and one of each class that each quotation allows, in a fixed order for a seed."""
    taken = [*_article_quotations(data, rng), *_debate_quotations(data, rng)]
    vocabulary = sorted({word.lower() for text, _, _, _ in taken for word in re.findall(r"[A-Za-z]{2,}", text)})
    names = sorted(
        {
            speaker
            for _, _, speaker, _ in taken
            if speaker and re.fullmatch(r"(?!The )[A-Z][a-z]+ [A-Z][a-z]{3,}", speaker)
        }
    )
    for text, source, speaker, others in taken:
        yield Case("unchanged", text, text, source, speaker)
        for change, edit in EDITS.items():
            edited = edit(text, rng, names if change == "name" else vocabulary)
            if edited is not None and edited != text:
                yield Case(change, edited, text, source, speaker)
        if (joined := _joined(text, others, rng)) is not None:
            yield Case("joined", joined, text, source, speaker)
        if speaker is not None and (other := _other_speaker(speaker, names, rng)) is not None:
            yield Case("speaker", text, text, source, other)


Taken = tuple[str, SourceText, str | None, list[str]]


def _article_quotations(data: Path, rng: random.Random) -> Iterator[Taken]:
    rows = list(_rows(data / "polnear_dev.jsonl"))
    rng.shuffle(rows)
    for row in rows[:450]:
        source = SourceText(row["doc_id"], row["text"])
        quotations = [each for each in row["quotes"] if 6 <= len(each["text"].split()) <= 60]
        for each in rng.sample(quotations, min(2, len(quotations))):
            speaker = each["speaker"] if each.get("speaker_type") == "named" else None
            yield each["text"], source, speaker, [other["text"] for other in quotations if other is not each]


def _debate_quotations(data: Path, rng: random.Random) -> Iterator[Taken]:
    """Sentences of the debates, whose transcript has the speakers' labels."""
    turns: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with (data / "debate.csv").open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            turns[row["Date"]].append((row["Speaker"], row["Text"]))
    for date, said in turns.items():
        source = SourceText(f"debate {date}", "\n\n".join(f"{speaker.upper()}: {text}" for speaker, text in said))
        sentences = [(speaker, sentence) for speaker, text in said for sentence in SENTENCE.findall(text)]
        for speaker, sentence in rng.sample(sentences, min(100, len(sentences))):
            if re.fullmatch(r"[A-Z][a-z]+", speaker) and speaker not in ("Audience", "Question"):
                yield (
                    sentence,
                    source,
                    speaker,
                    [text for who, text in sentences if who == speaker and text != sentence][:40],
                )


def _swapped(text: str, rng: random.Random, vocabulary: Sequence[str]) -> str | None:
    words = text.split()
    inner = [i for i in range(len(words)) if words[i].isalpha()]
    if not inner:
        return None
    i, other = rng.choice(inner), rng.choice(vocabulary)
    return None if words[i].lower() == other else " ".join([*words[:i], other, *words[i + 1 :]])


def _dropped(text: str, rng: random.Random, vocabulary: Sequence[str]) -> str | None:
    words = text.split()
    inner = [i for i in range(1, len(words) - 1) if words[i].isalpha() and words[i].lower() != words[i - 1].lower()]
    i = rng.choice(inner) if inner else 0
    return " ".join(words[:i] + words[i + 1 :]) if inner else None


def _added(text: str, rng: random.Random, vocabulary: Sequence[str]) -> str | None:
    words = text.split()
    i = rng.randrange(1, len(words))
    return " ".join([*words[:i], rng.choice(vocabulary), *words[i:]])


def _negated(text: str, rng: random.Random, vocabulary: Sequence[str]) -> str | None:
    if re.search(r"\b(?:not|never) ", text):
        return re.sub(r"\b(?:not|never) ", "", text, count=1)
    if re.search(r"n[’']t\b", text):
        return re.sub(
            r"(?:ca|wo)?n[’']t\b", lambda match: {"ca": "can", "wo": "will"}.get(match.group()[:2], ""), text, count=1
        )
    return re.sub(r"\b(is|are|was|were|will|would|can|could|should|has|have|do|does|did)\b", r"\1 not", text, count=1)


def _refigured(text: str, rng: random.Random, vocabulary: Sequence[str]) -> str | None:
    digits = [match.start() for match in re.finditer(r"\d", text)]
    if not digits:
        return None
    i = rng.choice(digits)
    return text[:i] + rng.choice([digit for digit in "123456789" if digit != text[i]]) + text[i + 1 :]


def _renamed(text: str, rng: random.Random, names: Sequence[str]) -> str | None:
    found = list(re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b", text))
    if not found:
        return None
    match, other = rng.choice(found), rng.choice(names).split()[-1]
    return None if match.group() == other else text[: match.start()] + other + text[match.end() :]


EDITS: dict[str, Callable[[str, random.Random, Sequence[str]], str | None]] = {
    "swapped": _swapped,
    "dropped": _dropped,
    "added": _added,
    "negation": _negated,
    "figure": _refigured,
    "name": _renamed,
}


def _joined(text: str, others: Sequence[str], rng: random.Random) -> str | None:
    long_enough = [other for other in others if len(other.split()) >= 10]
    if not long_enough or len(text.split()) < 10:
        return None
    left, right = text.split(), rng.choice(long_enough).split()
    return " ".join([*left[: len(left) // 2], *right[len(right) // 2 :]])


def _other_speaker(speaker: str, names: Sequence[str], rng: random.Random) -> str | None:
    others = [name for name in names if name.split()[-1].lower() not in speaker.lower()]
    return rng.choice(others) if others else None


LOOKALIKES = {
    "I": "|",
    "l": "1",
    "m": "rn",
    "o": "0",
    "e": "c",
    "h": "b",
    "t": "l",
    "i": "l",
    "d": "cl",
    "a": "o",
    "u": "v",
    "n": "m",
}


def spoil(text: str, rng: random.Random, share: float = 0.02) -> str:
    """The text with this share of its characters misread: lookalikes, other letters, letters lost and added."""
    return "".join(_misread(character, rng) if rng.random() < share else character for character in text)


def _misread(character: str, rng: random.Random) -> str:
    if character == "\n":
        return character
    kind = rng.random()
    if kind < 0.4:
        return LOOKALIKES.get(character, rng.choice("abcdefghijklmnopqrstuvwxyz"))
    if kind < 0.7:
        return rng.choice("abcdefghijklmnopqrstuvwxyz")
    return "" if kind < 0.85 else character + rng.choice("abcdefghijklmnopqrstuvwxyz.,' ")


def speed(seed: int) -> None:
    """A story of twelve quotations against twenty sources; a very long quotation; tens of thousands of near matches."""
    rng = random.Random(seed)
    words = [
        f"{a}{b}{c}"
        for a in ("ba", "ko", "mi", "stra")
        for b in ("l", "nd", "rt", "v")
        for c in ("e", "ion", "ing", "a", "us")
    ]
    words += ["the", "of", "and", "to", "in", "a", "is", "that", "we", "for", "on", "with", "not", "it", "our"] * 6
    texts = [_prose(rng, words, 5_000) for _ in range(20)]
    quotations = [" ".join(texts[i].split()[at : at + 18]) for i, at in ((i % 20, 200 + 300 * i) for i in range(12))]
    quotations[3] = quotations[3].replace(quotations[3].split()[9], "changed", 1)
    quotations[7] = _prose(rng, words, 15)
    sources = [SourceText(str(i), text) for i, text in enumerate(texts)]
    print("\nSpeed, milliseconds of processor time, sources prepared anew each time")
    _timed(
        "12 quotations, 20 sources of 5,000 words, each cited",
        lambda: [match_quotation(q, sources, cited=(str(i % 20),)) for i, q in enumerate(quotations)],
    )
    _timed("the same, nothing cited", lambda: [match_quotation(q, sources) for q in quotations])
    long_text = _prose(rng, words, 180_000)
    at = 400_000
    long_quotation = long_text[at : at + 10_000]
    _timed("10 kB word for word in 1 MB", lambda: match_quotation(long_quotation, [SourceText("long", long_text)]))
    altered = " ".join("changed" if i % 50 == 25 else word for i, word in enumerate(long_quotation.split()))
    _timed(
        "10 kB with every 50th word changed, in 1 MB", lambda: match_quotation(altered, [SourceText("long", long_text)])
    )
    near = " ".join(f"We will win this war number {i} together." for i in range(50_000))
    _timed(
        "50,000 near matches",
        lambda: match_quotation("We will win this war number x together, all of us.", [SourceText("near", near)]),
    )


def _prose(rng: random.Random, words: Sequence[str], length: int) -> str:
    return " ".join(rng.choice(words) + ("." if rng.random() < 0.06 else "") for _ in range(length))


def _timed(name: str, act: Callable[[], object]) -> None:
    best = float("inf")
    for _ in range(3):
        prepare.cache_clear()
        started = time.process_time()
        act()
        best = min(best, time.process_time() - started)
    print(f"{name:60} {best * 1000:8.0f}")


def archive(seed: int) -> None:
    """The archive's index: ten thousand sources of two thousand words."""
    import tempfile

    from cryptonewshub.sources.passages import PassageIndex

    rng = random.Random(seed)
    words = [
        f"{a}{b}{c}{d}"
        for a in ("ba", "ko", "mi", "stra", "te")
        for b in ("l", "nd", "rt", "v", "s")
        for c in ("e", "i", "a")
        for d in ("on", "ng", "us", "ble", "rd")
    ]
    words += ["the", "of", "and", "to", "in", "a", "is", "that", "we", "for", "on", "with", "not", "it", "our"] * 10
    with tempfile.TemporaryDirectory() as folder, PassageIndex(Path(folder) / "passages.db") as index:
        started = time.process_time()
        texts = ((SourceText(f"s{i}", _prose(rng, words, 2_000))) for i in range(10_000))
        kept: dict[str, str] = {}
        with index.batch():
            for source in texts:
                index.add(source)
                if len(kept) < 50:
                    kept[source.id] = source.text
        print(
            f"\nArchive of 10,000 sources of 2,000 words: built in {time.process_time() - started:.0f} s,"
            f" {index.size / 1e6:.0f} MB"
        )
        found, worst = 0, 0.0
        for name, text in kept.items():
            taken = text.split()[500:520]
            taken[10] = "changed"
            started = time.process_time()
            hit = index.closest(" ".join(taken))
            worst = max(worst, time.process_time() - started)
            found += hit is not None and hit.id == name
        print(f"found {found} of {len(kept)} with a changed word; slowest search {worst * 1000:.0f} ms")


def hostile(file: Path) -> None:
    """Inputs made to be slow, as quotation and as source."""
    worst: list[tuple[float, str, str]] = []
    for row in _rows(file):
        text = row["input"]
        for role, act in (
            (
                "quotation",
                lambda text=text: match_quotation(
                    text, [SourceText("a", "We will stand with our neighbours for as long as it takes.")]
                ),
            ),
            (
                "source",
                lambda text=text: match_quotation(
                    "We will stand with our neighbours for as long as it takes.", [SourceText("a", text)]
                ),
            ),
            ("both", lambda text=text: match_quotation(text[:-1], [SourceText("a", text)])),
        ):
            prepare.cache_clear()
            started = time.process_time()
            act()
            worst.append((time.process_time() - started, role, row["why"]))
    print("\nHostile inputs, slowest first, milliseconds")
    for seconds, role, why in sorted(worst, reverse=True)[:8]:
        print(f"{seconds * 1000:8.0f}  {role:10} {why}")


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _print_verdicts(table: dict[str, Counter[str]]) -> None:
    for name, count in table.items():
        passed = sum(count[verdict] for verdict in ACCEPTED)
        verdicts = ", ".join(f"{verdict} {number}" for verdict, number in count.most_common())
        print(f"{name:26} {count.total():5}  accepted {passed / count.total():7.2%}  {verdicts}")


def _show(kind: str, text: str, original: str, match: Match, speaker: str | None = None) -> None:
    place = match.passage and (match.passage.prefix[-50:], match.passage.exact, match.passage.suffix[:50])
    print(f"--- {kind}: {match.verdict} {match.grade} {match.similarity} speaker {speaker}")
    print(f"    story  {text}\n    before {original}\n    note   {match.note}\n    place  {place}")


if __name__ == "__main__":
    raise SystemExit(main())
