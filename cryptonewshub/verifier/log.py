"""A log's files, after `specs/log.md`: verifier keys, checkpoints, proofs, tiles and entry bundles."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from cryptonewshub.verifier.canonical import Refused, read_base64, read_hash, read_number
from cryptonewshub.verifier.ed25519 import is_signed

Read = Callable[[str], bytes]
"""Gives the file at a path below the log's prefix; raises OSError when there is none."""

WIDTH = 256
_LOG_KEY, _WITNESS_KEY = 1, 4
_MOST_SIGNATURES = 100
_PROOF = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Key:
    """A verifier key: a name, a kind (1 signs text, 4 is a witness), 32 bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @classmethod
    def parse(cls, text: str) -> Key:
        """Raises ValueError."""
        parts = text.strip().split("+", 2)
        if len(parts) != 3:
            raise ValueError("A verifier key is a name, an id and a key with “+” between them.")
        tagged = read_base64(parts[2], "verifier key")
        if len(tagged) != 33 or tagged[0] not in (_LOG_KEY, _WITNESS_KEY):
            raise ValueError("A verifier key is not an Ed25519 key.")
        key = cls(parts[0], tagged[0], tagged[1:])
        if key.id.hex() != parts[1] or not key.name or any(sign.isspace() or sign < " " for sign in key.name):
            raise ValueError("A verifier key is damaged: its id is not the one that its name and its bytes give.")
        return key

    def __str__(self) -> str:
        encoded = b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{encoded}"

    def has_signed(self, text: bytes, signature: bytes) -> bool:
        """Whether the bytes after the key's id in a signature line are valid."""
        if self.kind == _WITNESS_KEY:
            time = int.from_bytes(signature[:8], "big")
            text, signature = b"cosignature/v1\ntime %d\n" % time + text, signature[8:]
        return is_signed(self.public, text, signature)


@dataclass(frozen=True)
class Checkpoint:
    """How long a log is, and its root; `witnesses` are the names of known witnesses that signed it too."""

    origin: str
    size: int
    root: bytes
    witnesses: tuple[str, ...] = ()


def open_checkpoint(data: bytes, keys: Sequence[Key], witnesses: Sequence[Key] = ()) -> Checkpoint:
    """Reads a checkpoint and verifies it. Raises ValueError when it cannot be read, Refused when it does not hold."""
    text, lines = _split_note(data)
    signed_by = list(_signers(text, lines, [*keys, *witnesses]))
    rows = text.split("\n")
    if len(rows) != 4 or rows[3]:
        raise ValueError("The checkpoint is not exactly three lines: name, size and root.")
    if not any(key in keys and key.name == rows[0] for key in signed_by):
        raise Refused("The checkpoint is not signed by the log’s key: this is another log, or its key was changed.")
    size, root = read_number(rows[1], "size in the checkpoint"), read_hash(rows[2], "root in the checkpoint")
    if size == 0 and root != sha256(b"").digest():
        raise Refused("The checkpoint of an empty log has a root.")
    return Checkpoint(rows[0], size, root, tuple(key.name for key in signed_by if key in witnesses))


def _split_note(data: bytes) -> tuple[str, list[str]]:
    try:
        text, blank, signatures = data.decode().rpartition("\n\n")
    except UnicodeDecodeError:
        raise ValueError("The checkpoint is not UTF-8.") from None
    if not blank or not signatures.endswith("\n") or any(sign < " " and sign != "\n" for sign in data.decode()):
        raise ValueError("The checkpoint is not a text, an empty line and signature lines.")
    lines = signatures[:-1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise ValueError("The checkpoint has too many signatures.")
    return text + "\n", lines


def _signers(text: str, lines: Iterable[str], keys: Sequence[Key]) -> Iterator[Key]:
    """The known keys that signed, each once. Unknown keys are passed over; a bad signature of a known one is not."""
    seen: set[Key] = set()
    for line in lines:
        dash, space, rest = line.partition(" ")
        name, gap, encoded = rest.partition(" ")
        if dash != "—" or not space or not gap or not name:
            raise ValueError("A signature line is not a dash, a name and a signature.")
        data = read_base64(encoded, "signature")
        if len(data) < 5:
            raise ValueError("A signature line has no signature in it.")
        for key in keys:
            if key.name == name and key.id == data[:4] and key not in seen:
                if not key.has_signed(text.encode(), data[4:]):
                    raise Refused(f"The signature of {name} is not valid: the checkpoint was changed.")
                seen.add(key)
                yield key


@dataclass(frozen=True)
class Proof:
    """A proof file: an entry's index, the hashes beside its way up, a checkpoint, and the entry if it is there."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    entry: bytes

    @classmethod
    def parse(cls, data: bytes) -> Proof:
        """Raises ValueError."""
        head, blank, checkpoint = data.partition(b"\n\n")
        try:
            first, *lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            raise ValueError("The proof is not a proof file.") from None
        if not blank or first != _PROOF:
            raise ValueError(f"The proof does not begin with the line {_PROOF}.")
        extra = lines.pop(0)[6:] if lines and lines[0].startswith("extra ") else ""
        if not lines or not lines[0].startswith("index "):
            raise ValueError("The proof names no entry.")
        index = read_number(lines[0][6:], "index in the proof")
        hashes = tuple(read_hash(line, "hash in the proof") for line in lines[1:])
        return cls(index, hashes, checkpoint, read_base64(extra, "entry in the proof"))


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\0" + entry).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def verify_inclusion(index: int, size: int, leaf: bytes, hashes: Sequence[bytes], root: bytes) -> None:
    """Raises Refused unless the tree of this size and root has the leaf at this place."""
    a, b, r = index, size - 1, leaf
    for p in hashes if index < size else ():
        if b == 0:
            raise Refused("The proof is longer than it can be.")
        if a & 1 or a == b:
            r = _node(p, r)
            while not (a & 1 or a == 0):
                a, b = a >> 1, b >> 1
        else:
            r = _node(r, p)
        a, b = a >> 1, b >> 1
    if index >= size or b != 0 or r != root:
        raise Refused("The proof does not lead from the entry to the signed root: the entry is not in the log.")


def path_of(kind: str, index: int, width: int = WIDTH) -> str:
    """Where a tile (`kind` is its level) or an entry bundle ('entries') is, below the log's prefix."""
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{kind}/" + "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]]) + partial


def read_entries(start: int, size: int, read: Read) -> Iterator[bytes]:
    """The entries from `start` on in a log of `size`. Raises OSError, or Refused when a bundle is damaged."""
    while start < size:
        bundle = start // WIDTH
        width = min(WIDTH, size - bundle * WIDTH)
        entries = _unframed(_read_or_full("entries", bundle, width, read))
        if len(entries) < width:
            raise Refused(f"The bundle {path_of('entries', bundle, width)} has too few entries.")
        yield from entries[start - bundle * WIDTH : width]
        start = (bundle + 1) * WIDTH


def _unframed(data: bytes) -> list[bytes]:
    entries, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if end > len(data):
            raise Refused("An entry bundle ends in the middle of an entry.")
        entries.append(data[at + 2 : end])
        at = end
    return entries


def _read_or_full(kind: str, index: int, width: int, read: Read) -> bytes:
    try:
        return read(path_of(kind, index, width))
    except OSError:
        if width == WIDTH:
            raise
        return read(path_of(kind, index))


class Tree:
    """The roots of a growing list of leaves: what a monitor computes itself, from the entries alone."""

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)

    def add(self, leaf: bytes) -> None:
        self.peaks.append(leaf)
        size = self.size
        while size & 1:
            right = self.peaks.pop()
            self.peaks.append(_node(self.peaks.pop(), right))
            size >>= 1
        self.size += 1

    @property
    def root(self) -> bytes:
        if not self.peaks:
            return sha256(b"").digest()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = _node(peak, root)
        return root


def tile_root(size: int, read: Read) -> bytes:
    """The root that the tiles give for the first `size` entries, from the right edge alone. Raises OSError, Refused."""

    @lru_cache(maxsize=64)
    def tile(level: int, index: int) -> bytes:
        width = min(WIDTH, (size >> 8 * level) - index * WIDTH)
        data = _read_or_full(str(level), index, width, read)
        if len(data) < width * 32:
            raise Refused(f"The tile {path_of(str(level), index, width)} is too short.")
        return data[: width * 32]

    def subtree(level: int, index: int) -> bytes:
        place, height = index << level % 8, level % 8
        data = tile(level // 8, place // WIDTH)
        start = place % WIDTH
        row = [data[n * 32 : n * 32 + 32] for n in range(start, start + (1 << height))]
        while len(row) > 1:
            row = [_node(row[n], row[n + 1]) for n in range(0, len(row), 2)]
        return row[0]

    levels = [level for level in range(size.bit_length() - 1, -1, -1) if size >> level & 1]
    starts = [(size >> level + 1) << level + 1 for level in levels]
    return Tree(size, [subtree(level, start >> level) for level, start in zip(levels, starts, strict=True)]).root
