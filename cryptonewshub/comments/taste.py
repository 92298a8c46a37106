"""Taste: how much a text is like those that the moderators refused. It scores; a person decides.

Naive Bayes over hashed words, word pairs and character runs, with Laplace smoothing; the score is the mean evidence of
the features, so that a long text is no surer than a short one. Plain Python.
"""

from __future__ import annotations

import array
import math
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

BUCKETS = 1 << 14
FEWEST = 20
"""So many decisions of either kind are needed before a score means anything."""
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Taste:
    """Counts of features in refused and in approved texts."""

    refused: array.array[int] = field(default_factory=lambda: array.array("L", bytes(8 * BUCKETS)))
    approved: array.array[int] = field(default_factory=lambda: array.array("L", bytes(8 * BUCKETS)))
    refused_texts: int = 0
    approved_texts: int = 0

    def learn(self, text: str, *, was_refused: bool) -> None:
        counts = self.refused if was_refused else self.approved
        for feature in features(text):
            counts[feature] += 1
        if was_refused:
            self.refused_texts += 1
        else:
            self.approved_texts += 1

    def score(self, text: str) -> float | None:
        """0 (like what was approved) to 1 (like what was refused); None while too little has been learnt."""
        if min(self.refused_texts, self.approved_texts) < FEWEST:
            return None
        evidence = [self._evidence(feature) for feature in features(text)]
        strongest = sorted(evidence, key=abs, reverse=True)[:30]
        mean = sum(strongest) / len(strongest) if strongest else 0.0
        return 1 / (1 + math.exp(-2 * mean))

    def _evidence(self, feature: int) -> float:
        in_refused = (self.refused[feature] + 0.5) / (self.refused_texts + 1)
        in_approved = (self.approved[feature] + 0.5) / (self.approved_texts + 1)
        return math.log(in_refused / in_approved)

    def to_bytes(self) -> bytes:
        head = array.array("L", [self.refused_texts, self.approved_texts])
        return zlib.compress((head + self.refused + self.approved).tobytes(), 1)

    @classmethod
    def from_bytes(cls, data: bytes) -> Taste:
        counts = array.array("L")
        counts.frombytes(zlib.decompress(data))
        return cls(counts[2 : 2 + BUCKETS], counts[2 + BUCKETS :], counts[0], counts[1])


def features(text: str) -> set[int]:
    """The buckets of a text's words, neighbouring words and runs of four characters."""
    words = _WORD.findall(text.casefold())[:1_000]
    found: set[str] = set(words)
    found |= {f"{one} {other}" for one, other in pairwise(words)}
    for word in words:
        found |= {f"~{word[at : at + 4]}" for at in range(len(word[:40]) - 3)}
    return {zlib.crc32(feature.encode()) % BUCKETS for feature in found}


def learnt(texts: Iterable[tuple[str, bool]]) -> Taste:
    """What is learnt from texts and whether each was refused."""
    taste = Taste()
    for text, was_refused in texts:
        taste.learn(text, was_refused=was_refused)
    return taste
