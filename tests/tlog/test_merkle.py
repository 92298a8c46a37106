"""The tree: its hashes by hand, its proofs from any tree, and that nothing false verifies."""

from __future__ import annotations

from base64 import b64decode
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.tlog.merkle import (
    EMPTY_ROOT,
    CompactRange,
    leaf_hash,
    node_hash,
    prove_consistency,
    prove_inclusion,
    read_range,
    root_of,
    subtrees_of,
    verify_consistency,
    verify_inclusion,
)
from cryptonewshub.tlog.refusal import Refused
from tests.tlog.strictness import is_accepted
from tests.tlog.vectors import vector_json, vector_lines

LEAVES = [leaf_hash(b"leaf %d" % number) for number in range(70)]


def recursive_root(leaves: list[bytes]) -> bytes:
    """MTH as RFC 6962 words it, with none of the cleverness."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + recursive_root(leaves[:split]) + recursive_root(leaves[split:])).digest()


def flipped(data: bytes, bit: int) -> bytes:
    return bytes(byte ^ (1 << bit % 8 if place == bit // 8 else 0) for place, byte in enumerate(data))


def test_hashes_are_those_of_the_rfc() -> None:
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf_hash(b"") == sha256(b"\x00").digest()
    assert leaf_hash(b"rain") == sha256(b"\x00rain").digest()
    assert node_hash(b"l" * 32, b"r" * 32) == sha256(b"\x01" + b"l" * 32 + b"r" * 32).digest()


def test_three_leaves_join_as_two_and_one() -> None:
    a, b, c = LEAVES[:3]
    assert root_of([a, b, c]) == node_hash(node_hash(a, b), c)
    assert prove_inclusion(0, 3, subtrees_of([a, b, c])) == (b, c)
    assert prove_inclusion(2, 3, subtrees_of([a, b, c])) == (node_hash(a, b),)
    assert prove_consistency(2, 3, subtrees_of([a, b, c])) == (c,)


def test_seven_leaves_give_the_proofs_that_the_rfc_shows() -> None:
    """RFC 9162, 2.1.5: PATH(3, D7) is [c, g, l] and SUBPROOF(6, D7) is [i, j, k] in its letters."""
    a, b, c, d, e, f, j = LEAVES[:7]
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k = node_hash(g, h)
    subtree = subtrees_of(LEAVES[:7])
    assert prove_inclusion(3, 7, subtree) == (c, g, node_hash(i, j))
    assert prove_inclusion(6, 7, subtree) == (i, k)
    assert prove_consistency(3, 7, subtree) == (c, d, g, node_hash(i, j))
    assert prove_consistency(6, 7, subtree) == (i, j, k)


@settings(deadline=None)
@given(st.integers(0, 70))
def test_every_way_to_the_root_is_the_same(size: int) -> None:
    leaves = LEAVES[:size]
    one_by_one = CompactRange()
    for leaf in leaves:
        one_by_one = one_by_one.append(leaf)
    assert one_by_one.root() == root_of(leaves) == recursive_root(leaves)
    assert one_by_one == CompactRange().extend(leaves) == read_range(size, subtrees_of(leaves))


def test_a_range_over_100_000_leaves_is_six_hashes() -> None:
    assert len(CompactRange().extend(LEAVES[number % 70] for number in range(100_000)).peaks) == 6


@pytest.mark.parametrize(("size", "peaks"), [(-1, ()), (0, (EMPTY_ROOT,)), (3, (EMPTY_ROOT,)), (1, (b"short",))])
def test_a_range_that_cannot_be_is_refused(size: int, peaks: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        CompactRange(size, peaks)


@settings(deadline=None)
@given(st.data())
def test_a_proof_from_any_tree_verifies_and_one_flipped_bit_does_not(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 70))
    index = data.draw(st.integers(0, size - 1))
    root = root_of(LEAVES[:size])
    proof = prove_inclusion(index, size, subtrees_of(LEAVES[:size]))
    verify_inclusion(index, size, LEAVES[index], proof, root)

    parts = [LEAVES[index], root, *proof]
    which, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    parts[which] = flipped(parts[which], bit)
    with pytest.raises(Refused):
        verify_inclusion(index, size, parts[0], parts[2:], parts[1])


@settings(deadline=None)
@given(st.data())
def test_an_inclusion_proof_holds_for_no_other_place_and_with_no_other_length(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 70))
    index, other = data.draw(st.lists(st.integers(0, size - 1), min_size=2, max_size=2, unique=True))
    proof = prove_inclusion(index, size, subtrees_of(LEAVES[:size]))
    root = root_of(LEAVES[:size])
    for wrong_index, wrong_proof, reason in (
        (other, proof, ""),
        (index, proof[:-1], "ends before the root"),
        (index, (*proof, EMPTY_ROOT), "more hashes than"),
        (size, proof, "does not have"),
    ):
        with pytest.raises(Refused, match=rf"^The proof .*{reason}.*\.$"):
            verify_inclusion(wrong_index, size, LEAVES[index], wrong_proof, root)


@settings(deadline=None)
@given(st.data())
def test_a_consistency_proof_verifies_and_one_flipped_bit_does_not(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 70))
    old = data.draw(st.integers(1, size - 1))
    old_root, root = root_of(LEAVES[:old]), root_of(LEAVES[:size])
    proof = prove_consistency(old, size, subtrees_of(LEAVES[:size]))
    verify_consistency(old, size, old_root, root, proof)

    parts = [old_root, root, *proof]
    which, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    parts[which] = flipped(parts[which], bit)
    with pytest.raises(Refused):
        verify_consistency(old, size, parts[0], parts[1], parts[2:])


@settings(deadline=None)
@given(st.data())
def test_no_proof_leads_from_a_rewritten_history(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 70))
    old = data.draw(st.integers(1, size - 1))
    changed = data.draw(st.integers(0, old - 1))
    leaves = [*LEAVES[:changed], leaf_hash(b"rewritten"), *LEAVES[changed + 1 : size]]
    proof = prove_consistency(old, size, subtrees_of(leaves))
    with pytest.raises(Refused, match="history was rewritten"):
        verify_consistency(old, size, root_of(LEAVES[:old]), root_of(leaves), proof)


ONE, TWO = root_of(LEAVES[:1]), root_of(LEAVES[:2])


@pytest.mark.parametrize(
    ("old_size", "size", "old_root", "root", "proof", "reason"),
    [
        (0, 1, EMPTY_ROOT, ONE, [], "cannot lead from 0"),
        (0, 0, EMPTY_ROOT, EMPTY_ROOT, [], "cannot lead from 0"),
        (2, 1, TWO, ONE, [], "cannot lead from 2"),
        (-1, 1, ONE, ONE, [], "cannot lead from -1"),
        (2, 2, TWO, TWO, [ONE], "must be empty"),
        (2, 2, TWO, ONE, [], "shown different logs"),
        (2, 2, b"", b"", [], "not one and the same"),
        (1, 2, ONE, TWO, [], "is empty"),
        (1, 2, ONE, TWO, [LEAVES[1], LEAVES[1]], "too many"),
        (1, 3, ONE, root_of(LEAVES[:3]), [LEAVES[1]], "too few"),
        (1, 2, ONE, TWO, [LEAVES[1][:31]], "31 bytes"),
        (1, 2, b"", TWO, [LEAVES[1]], "0 bytes"),
    ],
)
def test_consistency_is_refused_with_a_sentence(
    old_size: int, size: int, old_root: bytes, root: bytes, proof: list[bytes], reason: str
) -> None:
    with pytest.raises(Refused, match=rf"{reason}.*\.$"):
        verify_consistency(old_size, size, old_root, root, proof)


def test_equal_trees_need_no_proof() -> None:
    verify_consistency(2, 2, TWO, TWO, [])


def test_proofs_of_what_is_not_there_are_not_made() -> None:
    subtree = subtrees_of(LEAVES)
    for wrong in (-1, 70):
        with pytest.raises(ValueError, match="has no leaf"):
            prove_inclusion(wrong, 70, subtree)
    for old in (0, 71):
        with pytest.raises(ValueError, match="no consistency proof"):
            prove_consistency(old, 70, subtree)


@settings(deadline=None)
@given(
    st.integers(-2, 2**64),
    st.integers(-2, 2**64),
    st.binary(max_size=40),
    st.lists(st.binary(max_size=40), max_size=70),
)
def test_no_input_raises_anything_but_a_refusal(index: int, size: int, value: bytes, proof: list[bytes]) -> None:
    with pytest.raises(Refused):
        verify_inclusion(index, size, value, proof, b"root" * 8)
    with pytest.raises(Refused):
        verify_consistency(index, size, value, b"root" * 8, proof)


@pytest.mark.shared
def test_the_classic_eight_leaves_have_their_roots() -> None:
    tree = vector_json("rfc6962/eight-leaves.json")
    leaves = [leaf_hash(bytes.fromhex(leaf)) for leaf in tree["leaves_hex"]]
    assert [root_of(leaves[:size]).hex() for size in range(9)] == tree["roots_hex_by_size"]
    subtree = subtrees_of(leaves)
    for level, row in enumerate(tree["complete_subtrees_hex_by_level"]):
        assert [subtree(level, index).hex() for index in range(len(row))] == row
    made = {
        "empty tree": root_of([]),
        "leaf of empty bytes": leaf_hash(b""),
        "leaf L123456": leaf_hash(b"L123456"),
        "node N123,N456": node_hash(b"N123", b"N456"),
    }
    assert {case["what"]: case["want"] for case in tree["hasher"]} == {what: made[what].hex() for what in made}


@pytest.mark.shared
def test_roots_and_proofs_of_600_trees_are_those_that_go_makes() -> None:
    leaves = [leaf_hash(b"leaf %d" % number) for number in range(600)]
    subtree = subtrees_of(leaves)
    growing, sizes = CompactRange(), 0
    for row in vector_lines("rfc6962/go-roots-600.jsonl"):
        size, growing, sizes = row["size"], growing.append(leaves[growing.size]), sizes + 1
        assert growing.root() == b64decode(row["root"])
        assert list(prove_inclusion(row["index"], size, subtree)) == [b64decode(h) for h in row["inclusion"]]
        assert list(prove_consistency(row["old_size"], size, subtree)) == [b64decode(h) for h in row["consistency"]]
    assert sizes == 600


@pytest.mark.shared
def test_probes_of_inclusion_are_judged_as_elsewhere() -> None:
    judged = [
        (row["file"], not row["wantErr"], is_accepted(verify_inclusion, *_inclusion(row)))
        for row in vector_lines("proofs/inclusion.jsonl")
    ]
    assert len(judged) == 98
    assert [file for file, wanted, got in judged if wanted is not got] == []


@pytest.mark.shared
def test_probes_of_consistency_are_judged_as_elsewhere() -> None:
    judged = [
        (row["file"], not row["wantErr"], is_accepted(verify_consistency, *_consistency(row)))
        for row in vector_lines("proofs/consistency.jsonl")
    ]
    assert len(judged) == 98
    assert [file for file, wanted, got in judged if wanted is not got] == []


def _inclusion(row: dict[str, Any]) -> tuple[Any, ...]:
    proof = [b64decode(value) for value in row["proof"] or []]
    return row["leafIdx"], row["treeSize"], b64decode(row["leafHash"] or ""), proof, b64decode(row["root"] or "")


def _consistency(row: dict[str, Any]) -> tuple[Any, ...]:
    proof = [b64decode(value) for value in row["proof"] or []]
    return row["size1"], row["size2"], b64decode(row["root1"] or ""), b64decode(row["root2"] or ""), proof
