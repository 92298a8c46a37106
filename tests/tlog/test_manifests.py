"""Manifests: which there can be, and that no word of a story fits into one."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, get_type_hints
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.tlog.manifests import Basis, Change, Kind, Manifest, Scope

MADE = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
ARTICLE = UUID("00000000-0000-4000-8000-000000000001")
HASH = bytes(range(32))
FIRST = Manifest(Kind.VERSION, MADE, ARTICLE, 1, None, Change.FIRST, HASH)
SECOND = Manifest(Kind.VERSION, MADE, ARTICLE, 2, HASH, Change.CORRECTION, HASH)
WITHDRAWN = Manifest(Kind.WITHDRAW, MADE, ARTICLE, prev=HASH, of=(3, 7), basis=Basis.LEGAL, scope=Scope.WHOLE)
RESTORED = replace(WITHDRAWN, kind=Kind.RESTORE, content=HASH)
MOVED = Manifest(Kind.MOVE, MADE, ARTICLE, prev=HASH)
DOCUMENTS = [Manifest(kind, MADE, doc=HASH) for kind in (Kind.GENESIS, Kind.KEY, Kind.POLICY, Kind.END)]
ONE_OF_EACH = [FIRST, SECOND, WITHDRAWN, RESTORED, MOVED, *DOCUMENTS]

times = st.datetimes(datetime(1970, 1, 1), timezones=st.just(UTC)).map(lambda t: t.replace(microsecond=0))  # noqa: DTZ001
hashes = st.binary(min_size=32, max_size=32)
numbers = st.integers(0, 2**53 - 1)
indexes = st.sets(numbers, min_size=1, max_size=8).map(lambda found: tuple(sorted(found)))
manifests = st.one_of(
    st.builds(
        lambda made, article, change, content: Manifest(
            Kind.VERSION, made, article, version=1, change=change, content=content
        ),
        times,
        st.uuids(),
        st.sampled_from([Change.FIRST, Change.IMPORT]),
        hashes,
    ),
    st.builds(
        lambda made, article, version, prev, change, content: Manifest(
            Kind.VERSION, made, article, version, prev, change, content
        ),
        times,
        st.uuids(),
        st.integers(2, 2**53 - 1),
        hashes,
        st.sampled_from(sorted(set(Change) - {Change.FIRST, Change.IMPORT})),
        hashes,
    ),
    st.builds(
        lambda made, article, prev, of, basis, scope, content: Manifest(
            Kind.WITHDRAW if content is None else Kind.RESTORE,
            made,
            article,
            prev=prev,
            of=of,
            basis=basis,
            scope=scope,
            content=content,
        ),
        times,
        st.uuids(),
        hashes,
        indexes,
        st.sampled_from(Basis),
        st.sampled_from(Scope),
        st.none() | hashes,
    ),
    st.builds(lambda made, article, prev: Manifest(Kind.MOVE, made, article, prev=prev), times, st.uuids(), hashes),
    st.builds(
        lambda kind, made, doc: Manifest(kind, made, doc=doc),
        st.sampled_from([Kind.GENESIS, Kind.KEY, Kind.POLICY, Kind.END]),
        times,
        hashes,
    ),
)


def test_every_kind_can_be_made() -> None:
    assert {manifest.kind for manifest in ONE_OF_EACH} == set(Kind)


def test_no_field_takes_text() -> None:
    hints = get_type_hints(Manifest)
    assert not [field.name for field in fields(Manifest) if hints[field.name] in (str, str | None)]


@settings(deadline=None)
@given(st.sampled_from(ONE_OF_EACH), st.sampled_from([field.name for field in fields(Manifest)]), st.text())
def test_no_words_fit_into_any_field(manifest: Manifest, name: str, words: str) -> None:
    for value in (words, words.encode(), (words,)):
        if isinstance(value, bytes) and len(value) == 32:
            continue  # 32 bytes are a hash, whatever they spell; a name is not 32 random bytes
        with pytest.raises(ValueError, match=r"\.$"):
            replace(manifest, **{name: value})  # type: ignore[arg-type]


@pytest.mark.parametrize("manifest", ONE_OF_EACH, ids=lambda manifest: str(manifest.kind))
def test_every_kind_has_its_fields_and_no_other(manifest: Manifest) -> None:
    rich: dict[str, Any] = {field.name: getattr(RESTORED, field.name) for field in fields(Manifest)}
    rich |= {"version": 2, "change": Change.UPDATE, "doc": HASH}
    for name in set(rich) - {"kind", "made"}:
        given = getattr(manifest, name)
        if manifest is FIRST and name == "prev":
            continue
        with pytest.raises(ValueError, match=r"\.$"):
            replace(manifest, **{name: rich[name] if given is None else None})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"prev": HASH},
        {"version": 2},
        {"version": 0},
        {"version": -1},
        {"version": 2**53},
        {"version": True},
        {"version": 1.0},
        {"change": Change.UPDATE},
        {"change": "first"},
        {"kind": "version"},
        {"kind": None},
        {"content": bytes(31)},
        {"content": HASH.hex()},
        {"article": str(ARTICLE)},
        {"made": None},
        {"made": "2026-03-02T08:30:00Z"},
        {"made": datetime(2026, 3, 2, 8, 30)},  # noqa: DTZ001 - that is what is refused
        {"made": MADE.replace(microsecond=1)},
    ],
)
def test_a_version_that_cannot_be_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        replace(FIRST, **change)


def test_a_later_version_names_what_came_before() -> None:
    with pytest.raises(ValueError, match="each later entry of it names one"):
        replace(SECOND, prev=None)
    for change in (Change.FIRST, Change.IMPORT):
        with pytest.raises(ValueError, match="no later one has"):
            replace(SECOND, change=change)


@pytest.mark.parametrize("of", [(), (7, 3), (3, 3), (-1,), (2**53,), (True,), (1.0,), ("3",), [3]])
def test_the_entries_concerned_are_numbers_in_rising_order(of: Any) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        replace(WITHDRAWN, of=of)


@settings(deadline=None)
@given(manifests)
def test_what_can_be_made_is_equal_to_itself(manifest: Manifest) -> None:
    assert replace(manifest) == manifest
