"""Signatures in whole numbers: as RFC 8032 has them, and as the library says that signs for us."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.tlog import ed25519 as library
from cryptonewshub.verifier.ed25519 import is_signed

# RFC 8032, section 7.1: tests 1, 2, 3 and SHA(abc), as public key, message and signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
            "4a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]
ORDER = 2**252 + 27742317777372353535851937790883648493
SEEDS = st.binary(min_size=32, max_size=32)


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS, ids=["empty", "one byte", "two bytes"])
def test_the_vectors_of_the_rfc_hold(public: str, message: str, signature: str) -> None:
    assert is_signed(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.binary(max_size=200))
def test_what_the_library_signs_is_signed(seed: bytes, message: bytes) -> None:
    assert is_signed(library.public_key(seed), message, library.sign(seed, message))


@settings(deadline=None, max_examples=60)
@given(SEEDS, st.binary(max_size=60), st.integers(0, 511), st.sampled_from(["signature", "key", "message"]))
def test_both_judge_alike_when_a_bit_is_turned(seed: bytes, message: bytes, bit: int, where: str) -> None:
    public, signature = library.public_key(seed), library.sign(seed, message)
    parts = {"signature": bytearray(signature), "key": bytearray(public), "message": bytearray(message)}
    if parts[where]:
        parts[where][bit // 8 % len(parts[where])] ^= 1 << bit % 8
    claim = bytes(parts["key"]), bytes(parts["message"]), bytes(parts["signature"])
    assert is_signed(*claim) is library.is_signed(*claim)


def test_a_number_that_is_not_reduced_is_refused() -> None:
    """Else everybody could make a second signature out of a first one."""
    seed = b"\x01" * 32
    signature = library.sign(seed, b"x")
    larger = int.from_bytes(signature[32:], "little") + ORDER
    assert not is_signed(library.public_key(seed), b"x", signature[:32] + larger.to_bytes(32, "little"))


@pytest.mark.parametrize("key", [bytes(32), b"\x01" + bytes(31), b"\xed" + b"\xff" * 30 + b"\x7f", b"\xff" * 32])
def test_a_key_that_is_no_key_signs_nothing(key: bytes) -> None:
    assert not is_signed(key, b"x", b"\x01" + bytes(63))
    assert not is_signed(key, b"x", key + bytes(32))


@pytest.mark.parametrize(("key", "signature"), [(31, 64), (33, 64), (32, 63), (32, 65), (0, 0)])
def test_a_wrong_length_is_a_no(key: int, signature: int) -> None:
    assert not is_signed(bytes(key), b"", bytes(signature))
