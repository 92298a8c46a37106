"""Entries one after another in a bundle: each behind its length in two bytes, most significant first."""

from __future__ import annotations

from collections.abc import Iterable

LARGEST_ENTRY = 0xFFFF


def frame(entries: Iterable[bytes]) -> bytes:
    """The bytes of a bundle. Raises ValueError for an entry of more than 65,535 bytes."""
    framed = bytearray()
    for entry in entries:
        if len(entry) > LARGEST_ENTRY:
            raise ValueError(f"An entry has {len(entry)} bytes; a log takes at most {LARGEST_ENTRY} in one.")
        framed += len(entry).to_bytes(2, "big") + entry
    return bytes(framed)


def unframe(data: bytes) -> tuple[bytes, ...]:
    """The entries of a bundle. Raises ValueError when the bytes end in the middle of one."""
    entries: list[bytes] = []
    start = 0
    while start < len(data):
        body = start + 2
        end = body + int.from_bytes(data[start:body], "big")
        if end > len(data):
            raise ValueError(f"The entry bundle ends in the middle of its entry {len(entries)}.")
        entries.append(data[body:end])
        start = end
    return tuple(entries)
