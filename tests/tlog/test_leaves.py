"""Leaves: the same bytes both ways, signed by the desk, and nothing read that nobody may write."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.tlog import strict_json
from cryptonewshub.tlog.keys import SigningKey
from cryptonewshub.tlog.leaves import Leaf, SignedManifest, sign_manifest, signed_bytes, verify_manifest
from cryptonewshub.tlog.manifests import Manifest
from cryptonewshub.tlog.refusal import Refused
from tests.tlog.paper import DESK_KEY, LOG_KEY
from tests.tlog.strictness import read_or_none
from tests.tlog.test_manifests import FIRST, MADE, ONE_OF_EACH, WITHDRAWN, manifests, times

KEYS = [LOG_KEY.verifier, DESK_KEY.verifier]
LEAF = Leaf(sign_manifest(FIRST, DESK_KEY), MADE)
DATA = LEAF.to_bytes()


def changed(**changes: Any) -> bytes:
    """The first version's entry with some keys changed; None takes a key away."""
    value = json.loads(DATA) | changes
    return rfc8785.dumps({key: inner for key, inner in value.items() if inner is not None})


def test_an_entry_is_one_object_in_canonical_bytes() -> None:
    signature = json.loads(DATA)["sig"]["ed25519"]
    assert DATA.decode() == (
        '{"article":"00000000-0000-4000-8000-000000000001","at":"2026-03-02T08:30:00Z","change":"first",'
        '"content":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","kind":"version",'
        '"made":"2026-03-02T08:30:00Z","sig":{"ed25519":"'
        + signature
        + '","key":"'
        + DESK_KEY.verifier.id.hex()
        + '"},'
        '"v":1,"version":1}'
    )


def test_what_is_signed_is_a_line_and_the_manifest_without_time_of_entry() -> None:
    value = json.loads(DATA)
    del value["sig"], value["at"]
    assert signed_bytes(FIRST) == b"newsroom-entry/v1\n" + rfc8785.dumps(value)
    assert DESK_KEY.verifier.verify(signed_bytes(FIRST), LEAF.signed.signature)


@settings(deadline=None)
@given(manifests, times)
def test_every_entry_comes_back_and_verifies(manifest: Manifest, at: datetime) -> None:
    signed = sign_manifest(manifest, DESK_KEY)
    assert SignedManifest.parse(signed.to_bytes()) == signed
    leaf = Leaf.parse(Leaf(signed, at).to_bytes())
    assert leaf == Leaf(signed, at)
    assert leaf.manifest == manifest
    assert verify_manifest(leaf.signed, KEYS) == DESK_KEY.verifier


@settings(deadline=None)
@given(manifests)
def test_nothing_but_numbers_ids_times_hashes_and_fixed_words_is_in_an_entry(manifest: Manifest) -> None:
    value = json.loads(Leaf(sign_manifest(manifest, DESK_KEY), MADE).to_bytes())
    words = {"version", "withdraw", "restore", "move", "key", "policy", "genesis", "end"}
    words |= {"first", "update", "minor", "clarification", "correction", "retraction", "import"}
    words |= {"legal", "privacy", "safety", "error", "whole", "fields"}
    assert {value.get(key, "whole") for key in ("kind", "change", "basis", "scope")} <= words
    texts = [value[key] for key in value.keys() & {"prev", "content", "doc"}]
    assert all(len(text) == 64 and set(text) <= set("0123456789abcdef") for text in texts)
    rest = value.keys() - {"kind", "change", "basis", "scope", "prev", "content", "doc", "made", "at", "article", "sig"}
    assert all(type(number) is int for key in rest - {"of"} for number in [value[key]])
    assert all(type(number) is int for number in value.get("of", []))


def test_signing_twice_gives_the_same_bytes() -> None:
    assert Leaf(sign_manifest(FIRST, DESK_KEY), MADE).to_bytes() == DATA


@pytest.mark.parametrize("manifest", ONE_OF_EACH, ids=lambda manifest: str(manifest.kind))
def test_an_entry_is_small(manifest: Manifest) -> None:
    assert len(Leaf(sign_manifest(manifest, DESK_KEY), MADE).to_bytes()) < 700


def test_an_entry_of_more_than_8_kib_is_neither_written_nor_read() -> None:
    many = replace(WITHDRAWN, of=tuple(range(10**6, 10**6 + 1200)))
    with pytest.raises(ValueError, match="at most 8192"):
        sign_manifest(many, DESK_KEY).to_bytes()
    with pytest.raises(ValueError, match="at most 8192"):
        Leaf.parse(b"{" + b" " * 8192)


def test_no_flipped_bit_of_an_entry_verifies_but_in_its_time_of_entry() -> None:
    start = DATA.index(b'"at":') + len(b'"at":"')
    for bit in range(len(DATA) * 8):
        if start <= bit // 8 < start + 20:
            continue  # under the checkpoint's signature, not under the desk's
        data = bytearray(DATA)
        data[bit // 8] ^= 1 << bit % 8
        assert read_or_none(lambda data: verify_manifest(Leaf.parse(data).signed, KEYS), bytes(data)) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"headline": "Rain"},
        {"url": "https://merrow-courier.example/rain/"},
        {"é": 1},
        {"v": 2},
        {"v": None},
        {"v": "1"},
        {"kind": "apology"},
        {"kind": "withdraw"},
        {"kind": None},
        {"kind": 1},
        {"change": "fix"},
        {"change": "update"},
        {"change": None},
        {"made": "2026-03-02T08:30:00+00:00"},
        {"made": "2026-03-02"},
        {"made": None},
        {"made": 1772440200},
        {"at": "yesterday"},
        {"at": None},
        {"article": "00000000-0000-4000-8000-00000000000G"},
        {"article": "{00000000-0000-4000-8000-000000000001}"},
        {"article": "00000000000040008000000000000001"},
        {"article": "Rain closes the ferry to Merrow today"},
        {"article": 1},
        {"version": 2},
        {"version": "1"},
        {"version": [1]},
        {"prev": "00" * 32},
        {"content": "AB" * 32},
        {"content": "00" * 31},
        {"content": ["00" * 32]},
        {"doc": "00" * 32},
        {"of": [1]},
        {"of": 1},
        {"of": ["1"]},
        {"basis": "legal"},
        {"scope": "whole"},
        {"sig": None},
        {"sig": "none"},
        {"sig": {"key": "00000000"}},
        {"sig": {"key": "00000000", "ed25519": ""}},
        {"sig": {"key": "00000000", "ed25519": "AAAA"}},
        {"sig": {"key": "0000000G", "ed25519": "A" * 86 + "=="}},
        {"sig": {"key": "00000000", "ed25519": "A" * 86 + "==", "by": "Ada"}},
        {"sig": {"key": 0, "ed25519": "A" * 86 + "=="}},
    ],
    ids=str,
)
def test_an_entry_that_nobody_may_write_is_not_read(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        Leaf.parse(changed(**changes))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        DATA + b"\n",
        b"\xef\xbb\xbf" + DATA,
        DATA.replace(b'"v":1,', b'"v":1,"v":1,'),
        DATA.replace(b'"v":1,', b'"v":1.0,'),
        DATA.replace(b'"v":1,', b'"v": 1,'),
        DATA.replace(b'"v":1,', b'"v":null,'),
        DATA.replace(b'"v":1,', b'"v":true,'),
        DATA.replace(b'"version":1', b'"version":9007199254740992'),
        DATA.replace(b'"kind":"version"', b'"kind":"versio\\u006e"'),
        b"[" * 8000,
    ],
)
def test_other_spellings_of_an_entry_are_not_read(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        Leaf.parse(data)


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_no_bytes_raise_anything_but_a_refusal(data: bytes) -> None:
    assert read_or_none(Leaf.parse, data) is None
    assert read_or_none(SignedManifest.parse, data) is None


def test_the_two_forms_are_not_taken_for_each_other() -> None:
    with pytest.raises(ValueError, match="key that no manifest has: 'at'"):
        SignedManifest.parse(DATA)
    with pytest.raises(ValueError, match="no text for “at”"):
        Leaf.parse(LEAF.signed.to_bytes())


def test_a_manifest_signed_by_a_stranger_is_refused() -> None:
    stranger = SigningKey(DESK_KEY.name, bytes(32))
    with pytest.raises(Refused, match="not one of the newsroom's"):
        verify_manifest(sign_manifest(FIRST, stranger), KEYS)
    forged = SignedManifest(FIRST, DESK_KEY.verifier.id, sign_manifest(FIRST, stranger).signature)
    with pytest.raises(Refused, match="the manifest was changed"):
        verify_manifest(forged, KEYS)


def test_the_log_key_signs_checkpoints_and_the_domain_keeps_them_apart() -> None:
    """A signature over the bare JSON, as a note would be signed, is no signature of a manifest."""
    bare = DESK_KEY.sign(signed_bytes(FIRST).partition(b"\n")[2])
    with pytest.raises(Refused, match="is not valid"):
        verify_manifest(SignedManifest(FIRST, DESK_KEY.verifier.id, bare), KEYS)


def test_a_signature_of_another_length_is_refused() -> None:
    for key_id, signature in ((b"123", bytes(64)), (b"1234", bytes(63))):
        with pytest.raises(ValueError, match=r"signature of 64\.$"):
            SignedManifest(FIRST, key_id, signature)


def test_an_entry_is_stored_as_strict_json() -> None:
    assert strict_json.write(strict_json.read(DATA, "entry")) == DATA
