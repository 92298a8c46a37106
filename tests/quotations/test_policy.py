"""The house policy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cryptonewshub.quotations.matching import match_quotation
from cryptonewshub.quotations.policy import HOUSE_FILE, HOUSE_POLICY, PolicyError, read_policy
from cryptonewshub.quotations.vocabulary import SourceText, Verdict

SOURCE = SourceText("a", "Well, it's um a fine harbour for the whole of the northern coast.")


def test_the_house_policy_has_a_name_a_digest_and_blocks_what_the_vocabulary_says() -> None:
    assert HOUSE_POLICY.name == "Every word as it was said"
    assert len(HOUSE_POLICY.digest) == 64
    assert not HOUSE_POLICY.stops(Verdict.EXACT)
    assert HOUSE_POLICY.stops(Verdict.ALTERED)


def test_another_house_may_leave_out_fillers(tmp_path: Path) -> None:
    rules = json.loads(HOUSE_FILE.read_text()) | {"name": "lenient", "fillers_may_be_left_out": True}
    file = tmp_path / "policy.json"
    file.write_text(json.dumps(rules))
    lenient = read_policy(file)
    text = "it's a fine harbour for the whole of the northern coast"
    assert match_quotation(text, [SOURCE]).verdict is Verdict.ALTERED
    assert match_quotation(text, [SOURCE], policy=lenient).verdict is Verdict.EDITED


def test_a_broken_policy_is_refused_with_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "policy.json"
    file.write_text('{"name": "x", "version": 1, "blocks": ["nonsense"]}')
    with pytest.raises(PolicyError, match=r"policy\.json cannot be used"):
        read_policy(file)
