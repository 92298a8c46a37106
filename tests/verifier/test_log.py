"""The verifier reads a log after the specification, without the code that wrote it; here both are held side by side."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.tlog import leaves, strict_json, tiles
from cryptonewshub.tlog.checkpoints import Checkpoint, sign_checkpoint
from cryptonewshub.tlog.framing import frame
from cryptonewshub.tlog.keys import KeyKind, SigningKey
from cryptonewshub.tlog.manifests import Basis, Change, Kind, Manifest, Scope
from cryptonewshub.tlog.merkle import prove_inclusion, root_of, subtrees_of
from cryptonewshub.tlog.notes import Note, cosign
from cryptonewshub.tlog.proofs import Proof as WrittenProof
from cryptonewshub.verifier.canonical import Refused, canonical, read_canonical
from cryptonewshub.verifier.entries import read_entry, verify_entry
from cryptonewshub.verifier.log import (
    Key,
    Proof,
    Tree,
    leaf_hash,
    open_checkpoint,
    read_entries,
    tile_root,
    verify_inclusion,
)
from cryptonewshub.verifier.log import path_of as path_in_words

LOG = SigningKey("news.example.org/log", b"\x01" * 32)
DESK = SigningKey("news.example.org/desk", b"\x02" * 32)
WITNESS = SigningKey("witness.example", b"\x03" * 32, KeyKind.COSIGNATURE)
KEY, DESK_KEY = Key.parse(str(LOG.verifier)), Key.parse(str(DESK.verifier))
ENTRIES = [b"entry %d" % number for number in range(700)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
JSON = st.recursive(
    st.one_of(st.text(max_size=8), st.integers(-(2**53) + 1, 2**53 - 1)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=12,
)


def is_accepted(read: Callable[..., object], *given: Any) -> bool:
    """Whether it is not refused. Every exception but a ValueError goes through."""
    try:
        read(*given)
    except ValueError:
        return False
    return True


@given(st.dictionaries(st.text(max_size=6), JSON, max_size=4))
def test_canonical_bytes_are_the_same_by_both(value: dict[str, Any]) -> None:
    assert canonical(value) == strict_json.write(value)
    assert read_canonical(canonical(value), "value") == value


@given(st.one_of(st.binary(max_size=40), st.dictionaries(st.text(max_size=4), JSON, max_size=3).map(json.dumps)))
def test_both_refuse_the_same_bytes(data: bytes | str) -> None:
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    assert is_accepted(read_canonical, raw, "x") is is_accepted(strict_json.read, raw, "x")


@pytest.mark.parametrize("data", [b'{"a":1.0}', b'{"a":null}', b'{"a":true}', b'{"a":1,"a":1}', b'{"a":1e2}', b"[]"])
def test_values_with_two_readings_are_refused(data: bytes) -> None:
    assert not is_accepted(read_canonical, data, "x")


@settings(deadline=None)
@given(st.integers(1, 60), st.data())
def test_an_inclusion_proof_holds_for_its_leaf_alone(size: int, data: st.DataObject) -> None:
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    proof = prove_inclusion(index, size, subtrees_of(LEAVES[:size]))
    root = root_of(LEAVES[:size])
    verify_inclusion(index, size, LEAVES[index], proof, root)
    assert is_accepted(verify_inclusion, other, size, LEAVES[index], proof, root) is (other == index)
    assert not is_accepted(verify_inclusion, index, size, LEAVES[size], proof, root)


def checkpoint(size: int, root: bytes | None = None) -> bytes:
    return sign_checkpoint(Checkpoint(LOG.name, size, root or root_of(LEAVES[:size])), [LOG])


def test_a_checkpoint_is_read_with_its_witnesses() -> None:
    signed = cosign(Note.parse(checkpoint(7)), WITNESS, 1_700_000_000).to_bytes()
    opened = open_checkpoint(signed, [KEY], [Key.parse(str(WITNESS.verifier))])
    assert (opened.size, opened.root, opened.witnesses) == (7, root_of(LEAVES[:7]), ("witness.example",))
    assert open_checkpoint(signed, [KEY]).witnesses == ()


@pytest.mark.parametrize("place", range(0, 250, 7))
def test_a_changed_checkpoint_is_refused(place: int) -> None:
    data = bytearray(checkpoint(7))
    data[place % len(data)] ^= 1
    assert not is_accepted(open_checkpoint, bytes(data), [KEY])


def test_a_checkpoint_of_a_stranger_is_refused() -> None:
    stranger = SigningKey(LOG.name, b"\x09" * 32)
    with pytest.raises(Refused, match="not signed by the log’s key"):
        open_checkpoint(checkpoint(7), [Key.parse(str(stranger.verifier))])


@given(st.integers(0, 10**15), st.integers(1, 256))
def test_files_are_looked_for_where_they_are_written(index: int, width: int) -> None:
    assert path_in_words("3", index, width) == tiles.Tile(3, index, width).path
    assert path_in_words("entries", index, width) == tiles.Bundle(index, width).path


def files_of(size: int) -> dict[str, bytes]:
    subtree = subtrees_of(LEAVES[: 1 << 10])
    files = {tile.path: tile.content(subtree) for tile in tiles.tiles_of(size)}
    starts = {bundle.path: bundle.index * 256 for bundle in tiles.bundles_of(size)}
    return files | {
        bundle.path: frame(ENTRIES[starts[bundle.path] : starts[bundle.path] + bundle.width])
        for bundle in tiles.bundles_of(size)
    }


def reader(files: dict[str, bytes]) -> Any:
    def read(path: str) -> bytes:
        if path not in files:
            raise FileNotFoundError(path)
        return files[path]

    return read


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 513, 699])
def test_tiles_and_entries_give_the_root_that_was_signed(size: int) -> None:
    read = reader(files_of(size))
    assert tile_root(size, read) == root_of(LEAVES[:size])
    tree = Tree()
    for entry in read_entries(0, size, read):
        tree.add(leaf_hash(entry))
    assert (tree.size, tree.root) == (size, root_of(LEAVES[:size]))
    assert list(read_entries(size // 2, size, read)) == ENTRIES[size // 2 : size]


def test_where_a_partial_file_is_gone_the_full_one_begins_with_it() -> None:
    files = files_of(512)
    assert list(read_entries(250, 300, reader(files))) == ENTRIES[250:300]
    del files["tile/1/000.p/2"]
    files["tile/1/000"] = files_of(256)["tile/1/000.p/1"] + bytes(255 * 32)
    assert tile_root(300, reader(files)) == root_of(LEAVES[:300])


def test_a_proof_file_is_read_as_it_was_written() -> None:
    hashes = prove_inclusion(4, 9, subtrees_of(LEAVES[:9]))
    proof = Proof.parse(WrittenProof(4, hashes, checkpoint(9), ENTRIES[4]).to_bytes())
    assert (proof.index, proof.hashes, proof.checkpoint, proof.entry) == (4, hashes, checkpoint(9), ENTRIES[4])


def entry(kind: Kind = Kind.VERSION, **fields: Any) -> bytes:
    article = {"article": UUID(int=1), "version": 1, "change": Change.FIRST, "content": b"\x07" * 32}
    manifest = Manifest(kind=kind, made=NOON, **(fields or article))
    return leaves.Leaf(leaves.sign_manifest(manifest, DESK), NOON).to_bytes()


REMOVAL = {"article": UUID(int=1), "prev": b"\x01" * 32, "of": (1, 2), "basis": Basis.LEGAL, "scope": Scope.WHOLE}
KINDS = [
    entry(),
    entry(Kind.GENESIS, doc=b"\x08" * 32),
    entry(Kind.WITHDRAW, **REMOVAL),
    entry(Kind.RESTORE, **REMOVAL, content=b"\x07" * 32),
    entry(Kind.MOVE, article=UUID(int=1), prev=b"\x01" * 32),
]


@pytest.mark.parametrize("data", KINDS, ids=["version", "genesis", "withdraw", "restore", "move"])
def test_an_entry_is_read_and_its_signature_holds(data: bytes) -> None:
    verify_entry(read_entry(3, data), [DESK_KEY])
    with pytest.raises(Refused, match="not one of the newsroom’s"):
        verify_entry(read_entry(3, data), [KEY])


@pytest.mark.parametrize("data", KINDS, ids=["version", "genesis", "withdraw", "restore", "move"])
def test_an_entry_whose_value_was_changed_is_not_signed(data: bytes) -> None:
    changed = data.replace(b"2026-03-02T12:00:00Z", b"2026-03-02T13:00:00Z")
    with pytest.raises(Refused, match="changed or forged"):
        verify_entry(read_entry(3, changed), [DESK_KEY])


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(KINDS), st.data())
def test_both_refuse_the_same_entries(data: bytes, draw: st.DataObject) -> None:
    value = json.loads(data)
    key = draw.draw(st.sampled_from([*value, "note", "version", "of"]))
    new: Any = draw.draw(
        st.sampled_from([None, 0, 1, 2, -1, "", "x", [], [2, 1], [1], {}, "first", "minor", "00" * 32])
    )
    if draw.draw(st.booleans()) or new is None:
        value.pop(key, None)
    else:
        value[key] = new
    raw = canonical(value)
    assert is_accepted(read_entry, 0, raw) is is_accepted(leaves.Leaf.parse, raw)
