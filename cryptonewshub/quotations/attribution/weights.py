"""The tables that the two small models weigh their features by, read once from `weights.json` beside this file.

They were learned by `benchmarks/train_quotations.py`; they hold feature keys and numbers, and no text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Weights:
    """Feature key to weight, for speech and speakers; rule to its measured share of right answers (sure, doubtful)."""

    speech: dict[str, float]
    speaker: dict[str, float]
    confidence: dict[str, tuple[float, float]]


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    stored = json.loads(Path(__file__).with_name("weights.json").read_text(encoding="utf-8"))
    confidence = {rule: (sure, doubtful) for rule, (sure, doubtful) in stored["confidence"].items()}
    return Weights(stored["speech"], stored["speaker"], confidence)
