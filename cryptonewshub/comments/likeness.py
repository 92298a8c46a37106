"""Likeness: a short number for a text, such that texts that are almost the same have numbers that are almost the same.

Charikar's simhash over words and pairs of words, 64 bits. Two texts that have nothing to do with each other differ in
32 bits, give or take 4; a sentence of which a word was changed, in less than ten. Plain Python.
"""

from __future__ import annotations

import hashlib
import re
from itertools import pairwise

NEAR_BITS = 10
FEWEST_WORDS = 6
_WORD = re.compile(r"\w+")


def fingerprint(text: str) -> int:
    """A signed 64-bit number; 0 for a text too short to compare."""
    words = _WORD.findall(text.casefold())
    if len(words) < FEWEST_WORDS:
        return 0
    sums = [0] * 64
    for feature in {*words, *map(" ".join, pairwise(words))}:
        value = int.from_bytes(hashlib.blake2b(feature.encode(), digest_size=8).digest())
        for bit in range(64):
            sums[bit] += 1 if value >> bit & 1 else -1
    found = sum(1 << bit for bit in range(64) if sums[bit] > 0)
    return found - (1 << 64) if found >> 63 else found


def is_near(one: int, other: int) -> bool:
    """Whether two fingerprints are of texts that are almost the same."""
    return bool(one and other) and ((one ^ other) & (1 << 64) - 1).bit_count() <= NEAR_BITS
