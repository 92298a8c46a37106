"""Checkpoints: three lines, one spelling, and only the log itself to sign them."""

from __future__ import annotations

from base64 import b64decode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.tlog.canonical import read_hash
from cryptonewshub.tlog.checkpoints import Checkpoint, open_checkpoint, sign_checkpoint
from cryptonewshub.tlog.keys import KeyKind, SigningKey, VerifierKey, cosigned_time
from cryptonewshub.tlog.merkle import EMPTY_ROOT, verify_consistency
from cryptonewshub.tlog.notes import Note, cosign, sign, verify
from cryptonewshub.tlog.refusal import Refused
from tests.tlog.paper import DESK_KEY, LOG_KEY, ORIGIN, WITNESS
from tests.tlog.strictness import is_accepted, read_or_none
from tests.tlog.vectors import vector_json

CHECKPOINT = Checkpoint(ORIGIN, 42, bytes(range(32)))
DATA = sign_checkpoint(CHECKPOINT, [LOG_KEY])
ROOT = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

checkpoints = st.builds(
    Checkpoint,
    st.text(st.characters(codec="utf-8", min_codepoint=32), min_size=1),
    st.integers(1, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
)


def test_a_checkpoint_is_origin_size_and_root() -> None:
    assert CHECKPOINT.text == f"{ORIGIN}\n42\n{ROOT}\n"
    assert DATA.decode().startswith(f"{ORIGIN}\n42\n{ROOT}\n\n— {ORIGIN} ")


@settings(deadline=None)
@given(checkpoints)
def test_every_checkpoint_comes_back(checkpoint: Checkpoint) -> None:
    assert Checkpoint.parse(checkpoint.text) == checkpoint


@settings(deadline=None)
@given(st.text(st.sampled_from("a0123=\n"), max_size=60))
def test_a_text_is_read_in_its_one_spelling_or_refused(text: str) -> None:
    checkpoint = read_or_none(Checkpoint.parse, text)
    assert checkpoint is None or checkpoint.text == text


def test_an_empty_log_has_the_root_of_nothing() -> None:
    assert Checkpoint.parse(f"{ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n").root == EMPTY_ROOT
    with pytest.raises(ValueError, match="empty log"):
        Checkpoint(ORIGIN, 0, bytes(32))


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{ORIGIN}\n42\n",
        f"{ORIGIN}\n42\n{ROOT}",
        f"\n42\n{ROOT}\n",
        f"{ORIGIN}\n042\n{ROOT}\n",
        f"{ORIGIN}\n-42\n{ROOT}\n",
        f"{ORIGIN}\n42 \n{ROOT}\n",
        f"{ORIGIN}\n9223372036854775808\n{ROOT}\n",
        f"{ORIGIN}\nforty\n{ROOT}\n",
        f"{ORIGIN}\n42\n{ROOT[:-1]}\n",
        f"{ORIGIN}\n42\n{ROOT[:-2]}9=\n",
        f"{ORIGIN}\n42\nAAEC\n",
        f"{ORIGIN}\n42\n{ROOT}\nan extension\n",
        f"{ORIGIN}\n42\n{ROOT}\n\n",
        f"news\x00\n42\n{ROOT}\n",
    ],
)
def test_a_checkpoint_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        Checkpoint.parse(text)


def test_a_checkpoint_is_opened_with_its_key() -> None:
    opened = open_checkpoint(DATA, ORIGIN, [LOG_KEY.verifier])
    assert opened.checkpoint == CHECKPOINT
    assert opened.signed_by == (LOG_KEY.verifier,)
    assert opened.witnessed_by == ()


def test_the_same_checkpoint_has_the_same_bytes() -> None:
    assert sign_checkpoint(CHECKPOINT, [LOG_KEY]) == DATA


def test_no_flipped_bit_anywhere_is_accepted() -> None:
    for bit in range(len(DATA) * 8):
        changed = bytearray(DATA)
        changed[bit // 8] ^= 1 << bit % 8
        assert read_or_none(lambda data: open_checkpoint(data, ORIGIN, [LOG_KEY.verifier]), bytes(changed)) is None


@settings(deadline=None)
@given(st.binary(max_size=100))
def test_no_bytes_raise_anything_but_a_refusal(data: bytes) -> None:
    assert read_or_none(lambda data: open_checkpoint(data, ORIGIN, [LOG_KEY.verifier]), data) is None


def test_a_checkpoint_of_another_log_is_refused() -> None:
    with pytest.raises(Refused, match="is of the log"):
        open_checkpoint(DATA, "another.example/log", [LOG_KEY.verifier])


def test_while_keys_change_both_sign_and_either_is_enough() -> None:
    new_key = SigningKey(ORIGIN, bytes(32))
    data = sign_checkpoint(CHECKPOINT, [LOG_KEY, new_key])
    assert open_checkpoint(data, ORIGIN, [new_key.verifier]).signed_by == (new_key.verifier,)
    both = open_checkpoint(data, ORIGIN, [new_key.verifier, LOG_KEY.verifier]).signed_by
    assert both == (LOG_KEY.verifier, new_key.verifier)


def test_only_keys_of_the_logs_name_sign_for_it() -> None:
    with pytest.raises(ValueError, match="only by keys of that name"):
        sign_checkpoint(CHECKPOINT, [LOG_KEY, DESK_KEY])
    with pytest.raises(ValueError, match="0 signatures"):
        sign_checkpoint(CHECKPOINT, [])


def test_witnesses_are_counted_and_never_needed() -> None:
    data = cosign(Note.parse(DATA), WITNESS, 1_772_440_200).to_bytes()
    witnesses = [WITNESS.verifier, VerifierKey("lighthouse.example/w2", bytes(32), KeyKind.COSIGNATURE)]
    opened = open_checkpoint(data, ORIGIN, [LOG_KEY.verifier], witnesses)
    assert [(seen.key, seen.time) for seen in opened.witnessed_by] == [(WITNESS.verifier, 1_772_440_200)]
    assert open_checkpoint(data, ORIGIN, [LOG_KEY.verifier]).witnessed_by == ()


def test_a_witness_alone_does_not_make_a_checkpoint() -> None:
    data = Note(CHECKPOINT.text, cosign(sign(CHECKPOINT.text, [DESK_KEY]), WITNESS, 1).signatures).to_bytes()
    with pytest.raises(Refused, match="not by the log"):
        open_checkpoint(data, ORIGIN, [LOG_KEY.verifier], [WITNESS.verifier])


@pytest.mark.shared
def test_a_real_checkpoint_of_a_large_log_is_opened() -> None:
    """The key's name is not the origin there, which the specification allows."""
    case = vector_json("checkpoint/sum.golang.org.json")
    opened = open_checkpoint(case["note"].encode(), case["origin"], [VerifierKey.parse(case["vkey"])])
    assert opened.checkpoint.size == case["size"]


@pytest.mark.shared
def test_texts_are_read_or_refused_as_elsewhere() -> None:
    """Two of them are accepted elsewhere and not here: their roots are no SHA-256 hashes, and one has extensions."""
    cases = vector_json("checkpoint/parse.json")["cases"]
    for case in cases:
        assert read_or_none(Checkpoint.parse, case["m"]) is None, case
    accepted = [case["m"].split("\n")[:2] for case in cases if case["ok"]]
    assert len(accepted) == 2
    for origin, size in accepted:
        assert Checkpoint.parse(f"{origin}\n{size}\n{ROOT}\n").size == int(size)


@pytest.mark.shared
def test_real_cosignatures_verify() -> None:
    cases = vector_json("checkpoint/skylight-cosigned.json")
    for name in ("mirror", "witness"):
        note = Note.parse(cases[name]["note"].encode())
        (seen,) = verify(note, [VerifierKey.parse(cases[name]["vkey"])])
        assert seen.time is not None
        assert seen.time > 1_700_000_000
        assert Checkpoint.parse(note.text).size == 300


@pytest.mark.shared
def test_the_time_of_a_cosignature_stands_where_it_is_read() -> None:
    for case in vector_json("checkpoint/cosignature.json")["timestamp"]:
        assert read_or_none(cosigned_time, b64decode(case["sig_b64"])[4:]) == case.get("unix")


@pytest.mark.shared
def test_the_checkpoints_of_a_conversation_with_a_witness_are_judged_as_there() -> None:
    """Signature first, then the proof: what a witness answers 403 and 422 to is refused, what it takes is accepted."""
    vectors = vector_json("witness/add-checkpoint.json")
    origin = vectors["log_origin"]
    key = VerifierKey(origin, bytes.fromhex(vectors["log_public_key_hex"]))
    seen: Checkpoint | None = None
    for case in vectors["cases"]:
        head, _, data = case["body"].partition("\n\n")
        old, *hashes = head.split("\n")
        opened = read_or_none(lambda data: open_checkpoint(data, origin, [key]), data.encode())
        assert (opened is None) is (case["status"] == 403), case
        if opened is None or case["status"] == 409:
            assert case["status"] == 403 or int(old.split(" ")[1]) != (seen.size if seen else 0)
            continue
        proof = [read_hash(value, "hash") for value in hashes]
        accepted = opened.checkpoint
        if seen is not None:
            holds = is_accepted(verify_consistency, seen.size, accepted.size, seen.root, accepted.root, proof)
            assert holds is (case["status"] == 200), case
        if case["status"] == 200:
            seen = accepted
