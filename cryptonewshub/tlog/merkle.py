"""The Merkle tree of RFC 6962, section 2.1: hashes, roots, proofs, and what a proof must satisfy.

Hashes are 32 bytes. A tree's perfect subtrees have names: (level, index) covers the leaves from index * 2^level up to,
and without, (index + 1) * 2^level. Roots and proofs are made from those alone, through a function that looks one up, so
a list in memory and tiles on a disk give the same bytes. Making a proof trusts that function; verifying trusts nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptonewshub.tlog.canonical import HASH_SIZE
from cryptonewshub.tlog.refusal import Refused

EMPTY_ROOT = sha256(b"").digest()

Subtree = Callable[[int, int], bytes]
"""Gives the root of the perfect subtree (level, index)."""


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256 of 0x00 and the entry: no node can pass for a leaf."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of 0x01 and both children."""
    return sha256(b"\x01" + left + right).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes; of none, the SHA-256 of nothing."""
    return CompactRange().extend(leaves).root()


@dataclass(frozen=True, slots=True)
class CompactRange:
    """All that growing a tree needs: how many leaves it has, and the roots of its perfect subtrees, largest first.

    There is one root for every 1 bit of `size`, so a tree of 100,000 leaves is held in 6 hashes.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise ValueError(f"A tree of {self.size} leaves does not have {len(self.peaks)} perfect subtrees.")
        _require_hashes(self.peaks, "A subtree's root")

    def append(self, leaf: bytes) -> CompactRange:
        """The range with one more leaf hash at its end."""
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> CompactRange:
        """The range with more leaf hashes at its end."""
        size, peaks = self.size, list(self.peaks)
        for peak in leaves:
            peaks.append(peak)
            for _ in range(_trailing_ones(size)):
                right = peaks.pop()
                peaks.append(node_hash(peaks.pop(), right))
            size += 1
        return CompactRange(size, tuple(peaks))

    def root(self) -> bytes:
        """The root of the whole tree."""
        return _join(self.peaks) if self.peaks else EMPTY_ROOT


def _trailing_ones(number: int) -> int:
    return (~number & (number + 1)).bit_length() - 1


def subtrees_of(leaves: Iterable[bytes]) -> Subtree:
    """Looks perfect subtrees up in a tree over these leaf hashes, computed once and held in memory."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])
    return lambda level, index: levels[level][index]


def read_range(size: int, subtree: Subtree) -> CompactRange:
    """The compact range over the first `size` leaves."""
    return CompactRange(size, tuple(subtree(level, index) for level, index in _perfect(0, size)))


def prove_inclusion(index: int, size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """The hashes that lead from leaf `index` to the root over `size` leaves, from the leaf upwards (RFC 9162, 2.1.3.1).

    Raises ValueError when the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} leaves has no leaf {index}.")
    return tuple(_root_between(start, end, subtree) for start, end in _siblings(index, 0, size))


def prove_consistency(old_size: int, size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """The hashes that show that the tree over `size` leaves begins with the one over `old_size` (RFC 9162, 2.1.4.1).

    Raises ValueError unless 1 <= old_size <= size: everything begins with nothing, so there is no proof of it.
    """
    if not 1 <= old_size <= size:
        raise ValueError(f"There is no consistency proof from {old_size} to {size} leaves.")
    return tuple(_root_between(start, end, subtree) for start, end in _additions(old_size, 0, size, is_old_root=True))


def _siblings(index: int, start: int, end: int) -> list[tuple[int, int]]:
    """PATH of RFC 9162: the ranges of leaves beside the way from leaf `index` up to the root of start:end."""
    if end - start == 1:
        return []
    middle = _split(start, end)
    if index < middle:
        return [*_siblings(index, start, middle), (middle, end)]
    return [*_siblings(index, middle, end), (start, middle)]


def _additions(old_end: int, start: int, end: int, *, is_old_root: bool) -> list[tuple[int, int]]:
    """SUBPROOF of RFC 9162. `is_old_root` holds while start:old_end is the whole old tree, whose root is known."""
    if old_end == end:
        return [] if is_old_root else [(start, end)]
    middle = _split(start, end)
    if old_end <= middle:
        return [*_additions(old_end, start, middle, is_old_root=is_old_root), (middle, end)]
    return [*_additions(old_end, middle, end, is_old_root=False), (start, middle)]


def _split(start: int, end: int) -> int:
    """Where a tree over start:end parts: the left child has the largest power of two of leaves below them all."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def _root_between(start: int, end: int, subtree: Subtree) -> bytes:
    return _join([subtree(level, index) for level, index in _perfect(start, end)])


def _perfect(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The perfect subtrees that cover start:end, largest first; `start` is a multiple of the first one's width."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def _join(peaks: Sequence[bytes]) -> bytes:
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Holds when the leaf hash stands at `index` of the tree with `size` leaves and this root (RFC 9162, 2.1.3.2).

    Raises Refused when it does not, or when anything is out of range or has the wrong length.
    """
    _require_hashes([leaf, root, *proof], "A hash of the inclusion proof")
    if not 0 <= index < size:
        raise Refused(f"The proof is of entry {index}, which a tree of {size} entries does not have.")
    if _climb(index, size, leaf, proof) != root:
        raise Refused(f"The proof of entry {index} leads to another root than the one signed for {size} entries.")


def _climb(index: int, size: int, leaf: bytes, proof: Sequence[bytes]) -> bytes:
    place, last, root = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise Refused(f"The proof of entry {index} has more hashes than a tree of {size} entries has levels.")
        if place & 1 or place == last:
            root = node_hash(sibling, root)
            place, last = _skip_lone_levels(place, last)
        else:
            root = node_hash(root, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise Refused(f"The proof of entry {index} ends before the root of a tree of {size} entries.")
    return root


def verify_consistency(old_size: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> None:
    """Holds when the tree of `size` leaves begins with the whole tree of `old_size` leaves (RFC 9162, 2.1.4.2).

    Raises Refused when it does not, and for an empty old tree, from which nothing can be learned.
    """
    if not 1 <= old_size <= size:
        raise Refused(f"A consistency proof cannot lead from {old_size} to {size} entries.")
    if old_size == size:
        _require_same_tree(size, old_root, root, proof)
        return
    _require_hashes([old_root, root, *proof], "A hash of the consistency proof")
    if _climb_both(old_size, size, old_root, proof) != (old_root, root):
        raise Refused(f"The log of {size} entries does not begin with the log of {old_size}: history was rewritten.")


def _require_same_tree(size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> None:
    if proof:
        raise Refused(f"A consistency proof from {size} entries to the same {size} entries must be empty.")
    if not root or old_root != root:
        raise Refused(f"The roots for {size} entries are not one and the same: readers were shown different logs.")


def _climb_both(old_size: int, size: int, old_root: bytes, proof: Sequence[bytes]) -> tuple[bytes, bytes]:
    if not proof:
        raise Refused(f"The consistency proof from {old_size} to {size} entries is empty.")
    ones = _trailing_ones(old_size - 1)
    place, last = (old_size - 1) >> ones, (size - 1) >> ones
    first, *rest = [old_root, *proof] if old_size.bit_count() == 1 else proof
    old, new = first, first
    for sibling in rest:
        if last == 0:
            raise Refused(f"The consistency proof from {old_size} to {size} entries has too many hashes.")
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            place, last = _skip_lone_levels(place, last)
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise Refused(f"The consistency proof from {old_size} to {size} entries has too few hashes.")
    return old, new


def _skip_lone_levels(place: int, last: int) -> tuple[int, int]:
    """On the right edge a node without a sibling rises unchanged: up past the levels where that is so."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _require_hashes(hashes: Iterable[bytes], what: str) -> None:
    for value in hashes:
        if len(value) != HASH_SIZE:
            raise Refused(f"{what} has {len(value)} bytes; a SHA-256 hash has {HASH_SIZE}.")
