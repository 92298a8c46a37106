"""`specs/log.md` tells the truth: its example is what this package makes, and holds by its own words alone."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

import pytest

from cryptonewshub.tlog.keys import SigningKey, VerifierKey
from cryptonewshub.tlog.leaves import Leaf, sign_manifest, verify_manifest
from cryptonewshub.tlog.manifests import Basis, Change, Kind, Scope
from cryptonewshub.tlog.proofs import Proof, verify_proof

SPECS = Path(__file__).resolve().parents[2] / "specs"
SPEC = (SPECS / "log.md").read_text(encoding="utf-8")


def blocks() -> list[str]:
    """The indented examples, in order."""
    found = re.findall(r"(?:^    .*\n|^\n(?=    ))+", SPEC.partition("## An example")[2], re.MULTILINE)
    return [re.sub(r"^    ", "", block.strip("\n"), flags=re.MULTILINE) + "\n" for block in found]


KEYS, ENTRIES, HASHES, PROOF = blocks()
LOG_KEY, DESK_KEY = (VerifierKey.parse(line) for line in KEYS.splitlines())
LEAVES = [Leaf.parse(line.encode()) for line in ENTRIES.splitlines()]


def test_the_keys_are_those_of_the_seeds() -> None:
    assert SigningKey(LOG_KEY.name, b"\x01" * 32).verifier == LOG_KEY
    assert SigningKey(DESK_KEY.name, b"\x02" * 32).verifier == DESK_KEY


def test_the_hashes_can_be_computed_by_hand() -> None:
    first, second = (sha256(b"\0" + line.encode()).digest() for line in ENTRIES.splitlines())
    root = sha256(b"\1" + first + second).digest()
    assert HASHES.splitlines() == [first.hex(), second.hex(), root.hex()]
    lines = PROOF.splitlines()
    assert [b64decode(lines[2]), b64decode(lines[6])] == [first, root]


def test_the_entries_are_signed() -> None:
    desk = SigningKey(DESK_KEY.name, b"\x02" * 32)
    for leaf in LEAVES:
        assert verify_manifest(leaf.signed, [DESK_KEY]) == DESK_KEY
        assert sign_manifest(leaf.manifest, desk) == leaf.signed


def test_the_entry_logs_the_example_of_the_edition() -> None:
    content = LEAVES[1].manifest.content
    assert content is not None
    assert f"    {content.hex()}\n" in (SPECS / "edition.md").read_text(encoding="utf-8")


def test_the_proof_holds() -> None:
    entry = ENTRIES.splitlines()[1].encode()
    index, signed = verify_proof(PROOF.encode(), entry, LOG_KEY.name, [LOG_KEY])
    assert (index, signed.checkpoint.size) == (1, 2)
    assert Proof.parse(PROOF.encode()).to_bytes() == PROOF.encode()


@pytest.mark.parametrize("words", [Kind, Change, Basis, Scope])
def test_every_word_of_an_entry_is_in_the_table(words: type[Kind]) -> None:
    for word in words:
        assert f"`{word}`" in SPEC


@pytest.mark.parametrize("leaf", LEAVES, ids=["genesis", "version"])
def test_every_key_of_an_entry_is_in_the_table(leaf: Leaf) -> None:
    for key in json.loads(leaf.to_bytes()):
        assert f"| `{key}` |" in SPEC
