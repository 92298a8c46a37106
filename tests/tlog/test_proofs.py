"""Proof files: both ways, small, valid for every entry, and for nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.tlog.proofs import Proof, verify_proof
from cryptonewshub.tlog.refusal import Refused
from tests.tlog.paper import LOG_KEY, ORIGIN, PaperLog, numbered
from tests.tlog.strictness import read_or_none

KEYS = [LOG_KEY.verifier]
ENTRIES = numbered(300)
LOG = PaperLog.of(ENTRIES)
DATA = LOG.proof(257)

proofs = st.builds(
    Proof,
    st.integers(0, 2**63 - 1),
    st.lists(st.binary(min_size=32, max_size=32), max_size=63).map(tuple),
    st.binary(max_size=100),
    st.binary(max_size=40),
)


def test_a_proof_file_is_index_hashes_and_the_checkpoint() -> None:
    log = PaperLog.of([b"a", b"b"])
    hash_of_b = "V+s1YV1H807HFMrN9f10YIpejhAnJOgLJLKHwMJ7ajE="  # of a zero byte and "b"
    head = f"c2sp.org/tlog-proof@v1\nindex 0\n{hash_of_b}\n\n"
    assert log.proof(0) == head.encode() + log.checkpoint()


@settings(deadline=None)
@given(proofs)
def test_every_proof_comes_back(proof: Proof) -> None:
    assert Proof.parse(proof.to_bytes()) == proof


@settings(deadline=None)
@given(st.binary(max_size=100) | st.text(st.sampled_from("index 0extra AQ=\n"), max_size=60).map(str.encode))
def test_bytes_are_read_as_they_would_be_written_or_refused(tail: bytes) -> None:
    for data in (tail, b"c2sp.org/tlog-proof@v1\n" + tail, b"c2sp.org/tlog-proof@v1\nindex 1\n" + tail):
        proof = read_or_none(Proof.parse, data)
        assert proof is None or proof.to_bytes() == data


@settings(deadline=None)
@given(st.integers(1, 300), st.data())
def test_a_proof_from_any_log_verifies(size: int, data: st.DataObject) -> None:
    log = PaperLog.of(ENTRIES[:size])
    index = data.draw(st.integers(0, size - 1))
    found, signed = verify_proof(log.proof(index), ENTRIES[index], ORIGIN, KEYS)
    assert (found, signed.checkpoint.size) == (index, size)


def test_no_flipped_bit_anywhere_verifies() -> None:
    for bit in range(len(DATA) * 8):
        changed = bytearray(DATA)
        changed[bit // 8] ^= 1 << bit % 8
        assert read_or_none(lambda data: verify_proof(data, ENTRIES[257], ORIGIN, KEYS), bytes(changed)) is None, bit


def test_a_proof_holds_for_its_entry_alone() -> None:
    with pytest.raises(Refused, match="leads to another root"):
        verify_proof(DATA, ENTRIES[258], ORIGIN, KEYS)
    with pytest.raises(Refused, match="is of the log"):
        verify_proof(DATA, ENTRIES[257], "another.example/log", KEYS)
    with pytest.raises(Refused, match="No known key"):
        verify_proof(DATA, ENTRIES[257], ORIGIN, [])


def test_a_proof_stays_valid_when_the_log_grows() -> None:
    log = PaperLog.of(ENTRIES[:10])
    data = log.proof(3)
    log.add(ENTRIES[10:])
    assert verify_proof(data, ENTRIES[3], ORIGIN, KEYS)[0] == 3


def test_a_proof_in_a_long_log_is_under_2000_bytes() -> None:
    entries = [b"%d" % number for number in range(70_000)]
    assert len(PaperLog.of(entries).proof(1)) < 2000


def test_extra_data_is_kept_and_changes_nothing() -> None:
    proof = Proof.parse(DATA)
    with_extra = Proof(proof.index, proof.hashes, proof.checkpoint, b"what a stranger adds")
    assert b"\nextra d2hh" in with_extra.to_bytes()
    assert verify_proof(with_extra.to_bytes(), ENTRIES[257], ORIGIN, KEYS)[0] == 257


@pytest.mark.parametrize(
    "data",
    [
        b"",
        DATA.replace(b"@v1", b"@v2"),
        DATA.replace(b"index 257", b"index 0257"),
        DATA.replace(b"index 257\n", b""),
        DATA.replace(b"index 257", b"index  257"),
        DATA.replace(b"index 257", b"extra \nindex 257"),
        DATA.replace(b"index 257", b"extra YR==\nindex 257"),
        DATA.replace(b"index 257", b"index 257\nextra YQ=="),
        DATA.replace(b"index 257", b"index 257\nYQ=="),
        DATA.replace(b"index 257", "index 257\né".encode()),
        DATA.replace(b"\n", b"\r\n"),
        DATA.partition(b"\n\n")[0],
        b"c2sp.org/tlog-proof@v1\nindex 1" + b"\n" + (b"A" * 43 + b"=\n") * 64 + b"\n",
    ],
)
def test_a_proof_of_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        Proof.parse(data)
