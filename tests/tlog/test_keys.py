"""Keys: their text forms both ways, their ids by hand, and what a signature of each kind says."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.tlog import ed25519
from cryptonewshub.tlog.canonical import write_base64
from cryptonewshub.tlog.keys import KeyKind, SigningKey, VerifierKey, cosigned_message
from cryptonewshub.tlog.refusal import Refused
from tests.tlog.paper import LOG_KEY, WITNESS
from tests.tlog.strictness import read_or_none
from tests.tlog.vectors import vector_json

names = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), exclude_characters="+"), min_size=1)
signing_keys = st.builds(SigningKey, names, st.binary(min_size=32, max_size=32), st.sampled_from(KeyKind))

# RFC 8032, 7.1, test 1: the seed, its public key, and its signature of no bytes.
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
SIGNATURE = bytes.fromhex(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)


def test_ed25519_is_that_of_the_rfc() -> None:
    key = SigningKey("rain.example", SEED)
    assert key.verifier.public == PUBLIC
    assert key.sign(b"") == SIGNATURE
    assert key.verifier.verify(b"", SIGNATURE).key == key.verifier


def test_an_id_is_the_beginning_of_a_hash_over_name_kind_and_key() -> None:
    for kind in KeyKind:
        wanted = sha256(b"rain.example\n" + bytes([kind.value]) + PUBLIC).digest()[:4]
        assert VerifierKey("rain.example", PUBLIC, kind).id == wanted


@settings(deadline=None)
@given(signing_keys)
def test_both_text_forms_come_back(key: SigningKey) -> None:
    assert VerifierKey.parse(str(key.verifier)) == key.verifier
    assert SigningKey.parse(key.secret_text()) == key


def test_a_key_with_a_plus_in_its_base64_is_read_whole() -> None:
    key = next(
        key
        for key in (SigningKey("rain.example", bytes([number]) * 32) for number in range(256))
        if "+" in str(key.verifier).split("+", 2)[2]
    )
    assert VerifierKey.parse(str(key.verifier)) == key.verifier


def test_a_secret_key_is_never_shown() -> None:
    assert LOG_KEY.seed.hex() not in repr(LOG_KEY)
    assert repr(LOG_KEY.seed) not in repr(LOG_KEY)


def test_any_shorter_key_and_any_key_with_a_byte_raised_is_refused() -> None:
    for text in (str(LOG_KEY.verifier), str(WITNESS.verifier)):
        for start in range(len(text)):
            for end in range(start, len(text) + (start > 0)):
                assert read_or_none(VerifierKey.parse, text[start:end]) is None
        for place, sign in enumerate(text):
            assert read_or_none(VerifierKey.parse, text[:place] + chr(ord(sign) + 1) + text[place + 1 :]) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "++",
        "rain+00000000",
        "rain+00000000+",
        str(LOG_KEY.verifier).replace("+", "-", 1),
        str(LOG_KEY.verifier).upper(),
        str(LOG_KEY.verifier) + "\n",
        " " + str(LOG_KEY.verifier),
    ],
)
def test_a_damaged_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        VerifierKey.parse(text)


def test_a_key_of_an_unknown_kind_is_refused_by_that_name() -> None:
    tagged = b"\x06" + PUBLIC
    key_id = sha256(b"rain.example\n" + tagged).hexdigest()[:8]
    with pytest.raises(ValueError, match="kind that this version does not know"):
        VerifierKey.parse(f"rain.example+{key_id}+{write_base64(tagged)}")


def test_a_verifier_key_is_no_secret_key() -> None:
    with pytest.raises(ValueError, match="begins with"):
        SigningKey.parse(str(LOG_KEY.verifier))


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_raises_anything_but_a_refusal(text: str) -> None:
    assert read_or_none(VerifierKey.parse, text) is None
    assert read_or_none(SigningKey.parse, "PRIVATE+KEY+" + text) is None


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\tb", "a\nb", "a\u00a0b", "a\u2028b", "a\x1fb", "\ud800"])
def test_a_name_that_would_break_a_line_is_refused(name: str) -> None:
    for make in (VerifierKey, SigningKey):
        with pytest.raises(ValueError, match="key's name"):
            make(name, PUBLIC)


def test_a_key_of_another_length_is_refused() -> None:
    for make in (VerifierKey, SigningKey):
        with pytest.raises(ValueError, match="has 31 bytes"):
            make("rain.example", PUBLIC[:31])


def test_a_cosignature_says_when() -> None:
    signature = WITNESS.sign(b"text\n", time=1_772_440_200)
    assert len(signature) == 72
    assert WITNESS.verifier.verify(b"text\n", signature).time == 1_772_440_200
    plain = SigningKey(WITNESS.name, WITNESS.seed)
    assert plain.verifier.verify(b"cosignature/v1\ntime 1772440200\ntext\n", signature[8:]).time is None


@settings(deadline=None)
@given(st.integers(0, 72 * 8 - 1))
def test_one_flipped_bit_of_a_cosignature_is_found(bit: int) -> None:
    signature = bytearray(WITNESS.sign(b"text\n", time=1_772_440_200))
    signature[bit // 8] ^= 1 << bit % 8
    with pytest.raises(
        Refused, match=r"^(The signature of lighthouse\.example/w1 is not valid|A cosignature is not a time)"
    ):
        WITNESS.verifier.verify(b"text\n", bytes(signature))


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_no_bytes_pass_for_a_signature(signature: bytes) -> None:
    for key in (LOG_KEY.verifier, WITNESS.verifier):
        with pytest.raises(Refused):
            key.verify(b"text\n", signature)


def test_a_cosignature_of_no_possible_time_is_refused() -> None:
    time = 2**63
    signature = time.to_bytes(8, "big") + ed25519.sign(WITNESS.seed, cosigned_message(b"text\n", time))
    with pytest.raises(Refused, match="not a time before"):
        WITNESS.verifier.verify(b"text\n", signature)


def test_time_goes_with_a_cosignature_and_with_nothing_else() -> None:
    for key, time in ((LOG_KEY, 1), (WITNESS, None), (WITNESS, -1), (WITNESS, 2**63)):
        with pytest.raises(ValueError, match=r"cosignature.*\.$"):
            key.sign(b"text\n", time=time)


@pytest.mark.shared
def test_published_keys_are_read_or_refused_as_elsewhere() -> None:
    cases = [case for case in vector_json("note/open.json")["vkeys"] if "vkey" in case]
    assert cases
    for case in cases:
        key = read_or_none(VerifierKey.parse, case["vkey"])
        assert (key is not None and str(key) == case["vkey"]) is case["ok"], case
    witness = vector_json("checkpoint/cosignature.json")["vkey_0x04_ok"]
    assert VerifierKey.parse(witness).kind is KeyKind.COSIGNATURE


@pytest.mark.shared
def test_the_secret_form_is_the_one_that_go_writes() -> None:
    vectors = vector_json("note/open.json")
    key = SigningKey.parse(vectors["public_test_skey"])
    assert key.secret_text() == vectors["public_test_skey"]
    assert str(key.verifier) in [case["vkey"] for case in vectors["vkeys"] if case.get("ok")]
