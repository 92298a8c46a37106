"""Signed notes: both ways, every rule of their form, and whom to believe."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.tlog.keys import SigningKey, VerifierKey
from cryptonewshub.tlog.notes import Note, Signature, cosign, sign, verify
from cryptonewshub.tlog.refusal import Refused
from tests.tlog.paper import DESK_KEY, LOG_KEY, WITNESS
from tests.tlog.strictness import read_or_none
from tests.tlog.test_keys import names
from tests.tlog.vectors import vector_json

TEXT = "The ferry to Merrow is late.\n\nIt is always late.\n"
NOTE = sign(TEXT, [LOG_KEY])
DATA = NOTE.to_bytes()
LINE = str(NOTE.signatures[0])

texts = st.text(st.characters(codec="utf-8", min_codepoint=32) | st.just("\n")).map(lambda text: text + "\n")
signatures = st.builds(Signature, names, st.binary(min_size=4, max_size=4), st.binary(min_size=1, max_size=80))
notes = st.builds(Note, texts, st.lists(signatures, min_size=1, max_size=20).map(tuple))


def test_a_note_is_text_an_empty_line_and_signatures() -> None:
    assert f"{TEXT}\n{LINE}\n".encode() == DATA
    assert LINE.startswith("— merrow-courier.example/log ")
    assert b64decode(LINE.split(" ")[2])[:4] == LOG_KEY.verifier.id


@settings(deadline=None)
@given(notes)
def test_every_note_comes_back(note: Note) -> None:
    assert Note.parse(note.to_bytes()) == note


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(st.sampled_from("— \na+Qe/="), max_size=60).map(str.encode))
def test_bytes_are_read_as_they_would_be_written_or_refused(data: bytes) -> None:
    note = read_or_none(Note.parse, data)
    assert note is None or note.to_bytes() == data


@settings(deadline=None)
@given(texts)
def test_what_was_signed_verifies(text: str) -> None:
    assert [found.key for found in verify(Note.parse(sign(text, [LOG_KEY]).to_bytes()), [LOG_KEY.verifier])] == [
        LOG_KEY.verifier
    ]


def test_no_flipped_bit_anywhere_verifies() -> None:
    for bit in range(len(DATA) * 8):
        changed = bytearray(DATA)
        changed[bit // 8] ^= 1 << bit % 8
        note = read_or_none(Note.parse, bytes(changed))
        if note is not None:
            with pytest.raises(Refused):
                verify(note, [LOG_KEY.verifier])


def test_signing_twice_gives_the_same_bytes() -> None:
    assert sign(TEXT, [LOG_KEY, DESK_KEY]) == sign(TEXT, [LOG_KEY, DESK_KEY])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        TEXT.encode(),
        f"{TEXT}\n".encode(),
        f"{TEXT}{LINE}\n".encode(),
        f"\n{LINE}\n".encode(),
        DATA[:-1],
        DATA + b"\n",
        DATA + b"a line that is none\n",
        DATA.replace("—".encode(), b"-"),
        DATA.replace("— ".encode(), "—".encode()),
        DATA.replace(b"/log ", b"/log  "),
        DATA.replace(b"/log ", b"+log "),
        DATA.replace(b"/log ", "/l\u00a0og ".encode()),
        DATA.replace(b"late.\n\n", b"late.\t\n\n"),
        DATA.replace(b"late.\n\n", b"late.\r\n\n"),
        b"\xff" + DATA,
        DATA[:-2] + b"\n",
        DATA[:-1] + b"=\n",
        DATA[:-1] + b" \n",
        f"{TEXT}\n— merrow-courier.example/log\n".encode(),
        f"{TEXT}\n— merrow-courier.example/log AAAAAA==\n".encode(),
    ],
)
def test_a_note_of_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        Note.parse(data)


def test_one_malformed_line_of_an_unknown_key_spoils_the_note() -> None:
    with pytest.raises(ValueError, match="not the canonical base64"):
        Note.parse(DATA + "— stranger.example AAAAAAF=\n".encode())


def test_a_hundred_signatures_are_read_and_no_more() -> None:
    line = "— stranger.example AAAAAAE=\n".encode()
    assert len(Note.parse(DATA + line * 99).signatures) == 100
    with pytest.raises(ValueError, match="more than 100"):
        Note.parse(DATA + line * 100)


@pytest.mark.parametrize("text", ["", "no end", "a tab\t\n", "half \ud800\n", "\x00\n"])
def test_no_note_is_made_of_a_text_that_could_not_be_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        sign(text, [LOG_KEY])


def test_a_note_without_a_signature_is_none() -> None:
    with pytest.raises(ValueError, match="0 signatures"):
        sign(TEXT, [])


def test_lines_of_unknown_keys_are_ignored() -> None:
    namesake = SigningKey(LOG_KEY.name, bytes(32))
    post_quantum = Signature(LOG_KEY.name, b"\x00\x01\x02\x03", bytes(2428))
    note = Note(TEXT, (*sign(TEXT, [namesake, DESK_KEY, LOG_KEY]).signatures, post_quantum))
    assert [found.key for found in verify(note, [LOG_KEY.verifier])] == [LOG_KEY.verifier]


def test_nobody_known_is_believed() -> None:
    with pytest.raises(Refused, match="No known key"):
        verify(NOTE, [DESK_KEY.verifier])
    with pytest.raises(Refused, match="No known key"):
        verify(NOTE, [])


def test_a_bad_signature_of_a_known_key_spoils_the_note() -> None:
    forged = Signature(DESK_KEY.name, DESK_KEY.verifier.id, bytes(64))
    note = Note(TEXT, (*NOTE.signatures, forged))
    assert verify(note, [LOG_KEY.verifier])
    with pytest.raises(Refused, match=r"signature of merrow-courier\.example/desk is not valid"):
        verify(note, [LOG_KEY.verifier, DESK_KEY.verifier])


def test_a_key_counts_once() -> None:
    note = Note(TEXT, NOTE.signatures * 3)
    assert len(verify(note, [LOG_KEY.verifier])) == 1


def test_a_second_line_of_a_key_must_hold_too() -> None:
    forged = replace(NOTE.signatures[0], value=bytes(64))
    with pytest.raises(Refused, match="is not valid"):
        verify(Note(TEXT, (*NOTE.signatures, forged)), [LOG_KEY.verifier])
    witnessed = cosign(cosign(NOTE, WITNESS, 1), WITNESS, 2)
    assert [seen.time for seen in verify(witnessed, [WITNESS.verifier])] == [1]


def test_keys_that_cannot_be_told_apart_are_refused_when_one_signs() -> None:
    twice = [DESK_KEY.verifier, DESK_KEY.verifier, LOG_KEY.verifier]
    assert len(verify(NOTE, twice)) == 1
    with pytest.raises(Refused, match="cannot be told apart"):
        verify(sign(TEXT, [DESK_KEY, LOG_KEY]), twice)


def test_a_witness_adds_its_line_at_the_end() -> None:
    note = cosign(NOTE, WITNESS, 1_772_440_200)
    assert note.to_bytes().startswith(DATA)
    plain, cosigned = verify(note, [WITNESS.verifier, LOG_KEY.verifier])
    assert (plain.key, plain.time) == (LOG_KEY.verifier, None)
    assert (cosigned.key, cosigned.time) == (WITNESS.verifier, 1_772_440_200)


@pytest.mark.shared
def test_notes_are_opened_or_refused_as_go_does() -> None:
    vectors = vector_json("note/open.json")
    for case in [*vectors["open"], vector_json("note/c2sp-example.json")]:
        data = case["note"].encode() if "note" in case else b64decode(case["note_b64"])
        keys = [VerifierKey.parse(key) for key in case.get("vkeys", [case.get("vkey")]) if key]
        found = read_or_none(lambda data, keys=keys: verify(Note.parse(data), keys), data)  # type: ignore[misc]
        assert (found is not None) is case["ok"], case
        if found is not None and "verified" in case:
            assert [statement.key.name for statement in found] == case["verified"]


@pytest.mark.shared
def test_a_note_signed_here_is_the_one_that_go_signs() -> None:
    vectors = vector_json("note/open.json")
    key = SigningKey.parse(vectors["public_test_skey"])
    assert sign(vectors["sign"]["text"], [key]).to_bytes().decode() == vectors["sign"]["want_note"]
