"""`specs/log.md` tells the truth: its example is what this package makes, and holds by its own words alone."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.tlog import strict_json
from cryptonewshub.tlog.keys import SigningKey, VerifierKey
from cryptonewshub.tlog.leaves import Leaf, sign_manifest, verify_manifest
from cryptonewshub.tlog.manifests import Basis, Change, Kind, Scope
from cryptonewshub.tlog.merkle import (
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    root_of,
    subtrees_of,
    verify_consistency,
    verify_inclusion,
)
from cryptonewshub.tlog.proofs import Proof, verify_proof
from tests.tlog.strictness import is_accepted

SPECS = Path(__file__).resolve().parents[2] / "specs"
SPEC = (SPECS / "log.md").read_text(encoding="utf-8")


def blocks() -> list[str]:
    """The indented examples, in order."""
    found = re.findall(r"(?:^    .*\n|^\n(?=    ))+", SPEC.partition("## An example")[2], re.MULTILINE)
    return [re.sub(r"^    ", "", block.strip("\n"), flags=re.MULTILINE) + "\n" for block in found]


KEYS, ENTRIES, HASHES, PROOF = blocks()
LOG_KEY, DESK_KEY = (VerifierKey.parse(line) for line in KEYS.splitlines())
DOCUMENT, *LINES = ENTRIES.splitlines()
LEAVES = [Leaf.parse(line.encode()) for line in LINES]


def test_the_keys_are_those_of_the_seeds() -> None:
    assert SigningKey(LOG_KEY.name, b"\x01" * 32).verifier == LOG_KEY
    assert SigningKey(DESK_KEY.name, b"\x02" * 32).verifier == DESK_KEY


def test_the_first_entry_commits_to_the_document_that_names_the_keys() -> None:
    value = {"v": 1, "origin": LOG_KEY.name, "log": [str(LOG_KEY)], "desk": [str(DESK_KEY)]}
    assert strict_json.write(value) == DOCUMENT.encode()  # type: ignore[arg-type]
    assert LEAVES[0].manifest.doc == sha256(DOCUMENT.encode()).digest()


def test_the_hashes_can_be_computed_by_hand() -> None:
    first, second = (sha256(b"\0" + line.encode()).digest() for line in LINES)
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
    entry = LINES[1].encode()
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


def join(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def inclusion_by_its_words(i: int, s: int, leaf: bytes, proof: list[bytes], root: bytes) -> bool:
    """The paragraph of the specification, word for word."""
    if not i < s:
        return False
    a, b, r = i, s - 1, leaf
    for p in proof:
        if b == 0:
            return False
        if a % 2 or a == b:
            r = join(p, r)
            while not (a % 2 or a == 0):
                a, b = a // 2, b // 2
        else:
            r = join(r, p)
        a, b = a // 2, b // 2
    return b == 0 and r == root


def consistency_by_its_words(m: int, s: int, old_root: bytes, root: bytes, proof: list[bytes]) -> bool:
    """The other one."""
    if not 1 <= m <= s:
        return False
    if m == s:
        return not proof and old_root == root
    if not proof:
        return False
    hashes = [old_root, *proof] if m & (m - 1) == 0 else list(proof)
    a, b = m - 1, s - 1
    while a % 2:
        a, b = a // 2, b // 2
    u = v = hashes[0]
    for p in hashes[1:]:
        if b == 0:
            return False
        if a % 2 or a == b:
            u, v = join(p, u), join(p, v)
            while not (a % 2 or a == 0):
                a, b = a // 2, b // 2
        else:
            v = join(v, p)
        a, b = a // 2, b // 2
    return (u, v, b) == (old_root, root, 0)


TREE = [leaf_hash(b"leaf %d" % number) for number in range(40)]


def spoilt(proof: tuple[bytes, ...], data: st.DataObject) -> list[bytes]:
    """The proof, or one that lacks a hash, has one more, or has two in each other's place."""
    hashes = list(proof)
    how = data.draw(st.sampled_from(["as it is", "shorter", "longer", "turned"]))
    if how == "shorter":
        hashes = hashes[:-1]
    elif how == "longer":
        hashes.insert(data.draw(st.integers(0, len(hashes))), data.draw(st.sampled_from(TREE)))
    elif how == "turned":
        hashes.reverse()
    return hashes


@settings(deadline=None)
@given(st.data())
def test_the_words_on_inclusion_judge_as_the_code_does(data: st.DataObject) -> None:
    size, index = data.draw(st.integers(1, 40)), data.draw(st.integers(0, 40))
    proof = prove_inclusion(min(index, size - 1), size, subtrees_of(TREE[:size]))
    claim = (index, size + data.draw(st.integers(0, 1)), TREE[min(index, size - 1)], spoilt(proof, data))
    assert inclusion_by_its_words(*claim, root_of(TREE[:size])) is is_accepted(
        verify_inclusion, *claim, root_of(TREE[:size])
    )


@settings(deadline=None)
@given(st.data())
def test_the_words_on_consistency_judge_as_the_code_does(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 40))
    old = data.draw(st.integers(1, size))
    proof = spoilt(prove_consistency(old, size, subtrees_of(TREE[:size])), data)
    claimed = old + data.draw(st.sampled_from([0, 0, 1, -1]))
    claim = (claimed, size, root_of(TREE[:old]), root_of(TREE[:size]), proof)
    assert consistency_by_its_words(*claim) is is_accepted(verify_consistency, *claim)
