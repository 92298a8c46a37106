"""A small mirror of a newsroom, whose entries are signed one by one: it can say what no newsroom would."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptonewshub.tlog import ed25519, strict_json
from cryptonewshub.tlog.checkpoints import Checkpoint, sign_checkpoint
from cryptonewshub.tlog.framing import frame
from cryptonewshub.tlog.keys import KeyKind, SigningKey
from cryptonewshub.tlog.merkle import leaf_hash, root_of, subtrees_of
from cryptonewshub.tlog.notes import Note, cosign
from cryptonewshub.tlog.strict_json import Value
from cryptonewshub.tlog.tiles import bundles_of, tiles_of

LOG = SigningKey("news.example.org/log", b"\x01" * 32)
NEXT_LOG = SigningKey("news.example.org/log", b"\x04" * 32)
DESK = SigningKey("news.example.org/desk", b"\x02" * 32)
NEXT_DESK = SigningKey("news.example.org/desk", b"\x05" * 32)
WITNESS = SigningKey("witness.example", b"\x03" * 32, KeyKind.COSIGNATURE)
PAGE = (
    '<!doctype html><html><body><main data-shows="whole" data-article="{article}" data-version="{version}" '
    'data-content="{content}" data-entry="{entry}"><h1 data-c="headline">{headline}</h1></main></body></html>'
)


# A list of a site's own words that has none.
_WORDS = {
    **{key: {} for key in ("places", "inner", "tied", "last", "forms", "zones")},
    **{key: [] for key in ("texts", "open", "times", "links", "labels")},
    **{name: [f"{name} {n}" for n in range(12)] for name in ("months", "month_headings")},
    "weekdays": [f"day {n}" for n in range(7)],
    "name": "A newsroom",
    "base": "https://news.example.org",
}


def article_id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


@dataclass
class Mirror:
    """Its folder, and the entries so far. Nothing is on the disk before `publish`."""

    folder: Path
    entries: list[bytes] = field(default_factory=list)
    last: dict[str, str] = field(default_factory=dict)
    log: list[SigningKey] = field(default_factory=lambda: [LOG])
    desk: SigningKey = DESK

    def enter(self, value: dict[str, Value], key: SigningKey | None = None, at: str = "2026-03-02T08:00:00Z") -> int:
        """One more entry, whatever it says. Returns its index."""
        key = key or self.desk
        body: dict[str, Value] = {"v": 1, "made": "2026-03-02T08:00:00Z", **value}
        signature = ed25519.sign(key.seed, b"newsroom-entry/v1\n" + strict_json.write(body))
        sig: Value = {"key": key.verifier.id.hex(), "ed25519": base64.b64encode(signature).decode()}
        self.enter_bytes(strict_json.write({**body, "at": at, "sig": sig}))
        if "article" in value:
            self.last[str(value["article"])] = leaf_hash(self.entries[-1]).hex()
        return len(self.entries) - 1

    def enter_bytes(self, data: bytes) -> None:
        self.entries.append(data)

    def found(self) -> Mirror:
        self.enter({"kind": "genesis", "doc": self._document()})
        return self

    def change_keys(self, log: list[SigningKey], desk: SigningKey) -> None:
        """An entry under the old key that names the keys from there on."""
        old, self.log, self.desk = self.desk, log, desk
        self.enter({"kind": "key", "doc": self._document()}, old)

    def version(self, number: int, version: int = 1, *, page: bool = True, **more: Any) -> int:
        """A version of an article with its document and its page."""
        article, path = article_id(number), f"/stories/{number}/"
        content: dict[str, Value] = {
            "article": article,
            "version": version,
            "path": path,
            "headline": f"Story {number}",
        }
        name = self.file("log/content", strict_json.write({**content, "salt": str(len(self.entries))}))
        value: dict[str, Value] = {
            "kind": "version",
            "article": article,
            "version": version,
            "content": name,
            "change": "first",
        }
        if version > 1:
            value |= {"change": "update", "prev": self.last.get(article, "00" * 32)}
        arguments = {name: more.pop(name) for name in ("key", "at") if name in more}
        index = self.enter({**value, **more}, **arguments)
        if page:
            shown = PAGE.format(article=article, version=version, content=name, entry=index, headline=f"Story {number}")
            self.write(f"site{path}index.html", shown.encode())
        return index

    def publish(self, *, size: int | None = None, root: bytes | None = None, witness: bool = False) -> Path:
        """Tiles, entries, keys and a checkpoint; of a forged size or root where one is given."""
        leaves = [leaf_hash(entry) for entry in self.entries]
        count, subtree = len(leaves), subtrees_of(leaves)
        for tile in tiles_of(count):
            self.write(f"log/{tile.path}", tile.content(subtree))
        for bundle in bundles_of(count):
            start = bundle.index * 256
            self.write(f"log/{bundle.path}", frame(self.entries[start : start + bundle.width]))
        signed = sign_checkpoint(
            Checkpoint(LOG.name, size or count, root or root_of(leaves[: size or count])), self.log
        )
        if witness:
            signed = cosign(Note.parse(signed), WITNESS, 1_700_000_000).to_bytes()
        self.write("log/checkpoint", signed)
        keys = {"log": self.log, "desk": [self.desk]}
        listed: dict[str, Value] = {
            kind: [{"vkey": str(key.verifier), "from": 0} for key in held] for kind, held in keys.items()
        }
        self.write("log/keys.json", strict_json.write({"v": 1, "origin": LOG.name, **listed}))
        self.write("site/sitemap.xml", b"<urlset></urlset>")
        self.write("site/verify/words.json", json.dumps(_WORDS).encode())
        return self.folder

    def file(self, folder: str, data: bytes) -> str:
        """A file under its hash."""
        name = sha256(data).hexdigest()
        self.write(f"{folder}/{name}", data)
        return name

    def write(self, path: str, data: bytes) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def _document(self) -> str:
        value: dict[str, Value] = {"v": 1, "origin": LOG.name, "log": [str(key.verifier) for key in self.log]}
        return self.file("log/doc", strict_json.write({**value, "desk": [str(self.desk.verifier)]}))


def as_value(entry: bytes) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(entry)
    return value
