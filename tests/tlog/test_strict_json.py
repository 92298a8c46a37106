"""JSON with one spelling: the canonical bytes of the RFC, and nothing that two programs could read differently."""

from __future__ import annotations

import json

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.tlog import strict_json
from tests.tlog.strictness import read_or_none
from tests.tlog.vectors import vector

plain = st.recursive(
    st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(), plain, max_size=5))
def test_every_plain_value_comes_back(value: dict[str, strict_json.Value]) -> None:
    assert strict_json.read(strict_json.write(value), "value") == value


def test_keys_are_ordered_by_utf_16_units() -> None:
    assert strict_json.write({"\ufb33": 1, "\U0001f600": 2, "b": 3}) == '{"b":3,"😀":2,"\ufb33":1}'.encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"1",
        b'{"a":1}\n',
        b' {"a":1}',
        b'{"a": 1}',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":"\xff"}',
        b'{"a":1,"a":1}',
        b'{"b":{"a":1,"a":2}}',
        b'{"b":1,"a":2}',
        b'{"a":1.0}',
        b'{"a":1e2}',
        b'{"a":-0}',
        b'{"a":01}',
        b'{"a":9007199254740992}',
        b'{"a":-9007199254740992}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":null}',
        b'{"a":[true]}',
        b'{"a":"\\u0061"}',
        b'{"a":"\\ud800"}',
        b'{"\\ud800":1}',
        b'{"a":"\t"}',
        b'{"a":' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"a":' + b'{"a":' * 3000 + b"1" + b"}" * 3001,
    ],
)
def test_every_other_spelling_is_refused(data: bytes) -> None:
    assert read_or_none(lambda data: strict_json.read(data, "entry"), data) is None


@settings(deadline=None)
@given(st.binary(max_size=60) | st.text(st.sampled_from('{}[]":,a01.e-\\u '), max_size=40).map(str.encode))
def test_bytes_are_read_in_their_one_spelling_or_refused(data: bytes) -> None:
    value = read_or_none(lambda data: strict_json.read(data, "entry"), data)
    assert value is None or strict_json.write(value) == data


@pytest.mark.shared
@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_canonical_bytes_are_those_of_the_rfcs_author(name: str) -> None:
    """Two of the files hold a float, a null or a boolean: their bytes are right, and no entry may hold them."""
    value = json.loads(vector(f"jcs/input/{name}.json").read_bytes())
    wanted = vector(f"jcs/output/{name}.json").read_bytes()
    assert bytes.fromhex(vector(f"jcs/outhex/{name}.txt").read_text()) == wanted
    assert rfc8785.dumps(value) == wanted
    read = read_or_none(lambda data: strict_json.read(data, "vector"), wanted)
    assert read == (None if name in ("arrays", "values") else value)


def test_a_refusal_says_what_is_wrong() -> None:
    for data, reason in (
        (b'{"a":1,"a":1}', "same key twice"),
        (b'{"a":9007199254740992}', r"beyond 2\^53 - 1"),
        (b'{"a":1.5}', "not a whole one"),
        (b'{"a":null}', "absent key"),
        (b'{"a": 1}', "The entry is not in canonical form"),
        (b'{"a":1', "goes wrong at character 6"),
    ):
        with pytest.raises(ValueError, match=reason):
            strict_json.read(data, "entry")
