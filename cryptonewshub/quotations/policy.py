"""The house policy: what an editor may do to somebody's words, which verdicts stop a story, and who may let one stand.

The policy is a small versioned file; its name and digest are printed on every report, so that a check can be repeated
under the rules that held when it was made. The default is the strictest that newsrooms keep. A newsroom keeps its own
versions, of the same keys.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from cryptonewshub.quotations.vocabulary import Verdict

HOUSE_FILE = Path(__file__).with_name("house_policy.json")


class PolicyError(ValueError):
    """A policy file that cannot be used; the message is a full sentence."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of one house. Word counts are words; `digest` is the SHA-256 of the file, hex.

    Verdicts in `blocks` stop a story, those in `warns` are a question for the editor; findings of the rules in `quiet`
    are left out. An ellipsis may stand for at most `ellipsis_gap_words` words of the source, a bracketed insertion for
    at most `bracket_words`. A quotation under `short_words` words is accepted word for word only.

    The rest is for newsrooms: `four_eyes` are the verdicts that a story's authors may not let stand themselves,
    `public_reasons` those whose reason readers are told; a translation needs a `named_translator` who reads the
    language; with `approval_first` nothing is published that was not approved as it stands.
    """

    name: str
    version: int
    digest: str
    blocks: frozenset[Verdict]
    ellipsis_gap_words: int = 80
    bracket_words: int = 6
    first_capital: bool = True
    emphasis_capitals_may_be_set_plain: bool = True
    house_spelling: bool = True
    contractions_may_change: bool = False
    fillers_may_be_left_out: bool = False
    fillers: frozenset[str] = frozenset()
    grammar_may_be_mended: bool = False
    profanity_dashes: bool = True
    short_words: int = 4
    warns: frozenset[Verdict] = frozenset()
    quiet: frozenset[str] = frozenset()
    four_eyes: frozenset[Verdict] = frozenset()
    public_reasons: frozenset[Verdict] = frozenset()
    named_translator: bool = True
    approval_first: bool = False

    def stops(self, verdict: Verdict) -> bool:
        """Whether a quotation with this verdict may not be published without a person's clearance."""
        return verdict in self.blocks


def read_policy(path: Path) -> Policy:
    """The policy in a JSON file. Raises PolicyError, with a sentence, for a file that is not one."""
    raw = path.read_bytes()
    try:
        return policy_from(json.loads(raw), digest=hashlib.sha256(raw).hexdigest())
    except (TypeError, KeyError, ValueError) as error:
        raise PolicyError(
            f"The policy file {path.name} cannot be used: {error}. Compare it with the house's own."
        ) from error


def policy_from(rules: dict[str, Any], *, digest: str) -> Policy:
    """A policy from its rules. Raises KeyError, TypeError or ValueError for rules that are missing, unknown or
    wrong.
    """
    rules = dict(rules)
    sets: dict[str, Any] = {name: frozenset(Verdict(word) for word in rules.pop(name, ())) for name in _VERDICTS[1:]}
    sets |= {name: frozenset(rules.pop(name, ())) for name in _WORDS}
    blocks = frozenset(Verdict(word) for word in rules.pop("blocks"))
    return Policy(digest=digest, blocks=blocks, **sets, **rules)


def rules_of(policy: Policy) -> dict[str, Any]:
    """What `policy_from` reads, in the house file's words; sets are sorted lists."""
    rules = {field.name: getattr(policy, field.name) for field in fields(policy) if field.name != "digest"}
    return rules | {name: sorted(rules[name]) for name in (*_VERDICTS, *_WORDS)}


_VERDICTS = ("blocks", "warns", "four_eyes", "public_reasons")
_WORDS = ("quiet", "fillers")

HOUSE_POLICY = read_policy(HOUSE_FILE)
