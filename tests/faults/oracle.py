"""What must hold after every experiment, whatever was done to the newsroom: `require_sound`.

1 the log is whole, signed, and grew from every checkpoint that anybody was ever served; 2 whatever was acknowledged is
in it, and no version twice; 3 no page shows a version that the log does not have; 4 after a restart everything that was
acknowledged is live, with valid proofs; 5 every file that readers get is whole; 6 nothing is left lying about.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from cryptonewshub.tlog.checkpoints import Checkpoint, open_checkpoint
from cryptonewshub.tlog.key_list import KeyDocument, KeyList
from cryptonewshub.tlog.leaves import Leaf, verify_manifest
from cryptonewshub.tlog.manifests import Kind
from cryptonewshub.tlog.merkle import leaf_hash, prove_consistency, root_of, subtrees_of, verify_consistency
from cryptonewshub.tlog.proofs import verify_proof
from cryptonewshub.tlog.reading import read_entries
from cryptonewshub.tlog.tiles import bundles_of, tiles_of
from tests.faults.newsroom import FaultyNewsroom

WORDS = re.compile(r"Fault words [a-z0-9 ]+\.")


def require_sound(newsroom: FaultyNewsroom) -> list[Leaf]:
    """Restarts the newsroom, and asserts all of it. Returns the log's entries."""
    require_safe(newsroom)
    restarted = newsroom.run("bake")
    assert restarted.status == 0, restarted.said
    leaves = require_safe(newsroom)
    _require_live(newsroom, leaves)
    _require_tidy(newsroom)
    return leaves


def require_safe(newsroom: FaultyNewsroom) -> list[Leaf]:
    """What must hold at every moment, also in the middle of a crash."""
    newsroom.observe()
    entries, leaves, keys = read_log(newsroom.log)
    _require_growth(newsroom, entries, keys)
    _require_chains(leaves)
    _require_pages_in_log(newsroom, leaves)
    return leaves


def read_log(log: Path) -> tuple[list[bytes], list[Leaf], KeyList]:
    """Every entry, after every tile, entry, signature and document was verified against the public checkpoint."""

    def read(path: str) -> bytes:
        return (log / path).read_bytes()

    listed = KeyList.parse(read("keys.json"))
    checkpoint = open_checkpoint(read("checkpoint"), listed.origin, listed.log_keys()).checkpoint
    entries = [entry for bundle in bundles_of(checkpoint.size) for entry in read_entries(bundle, read)]
    subtree = subtrees_of(map(leaf_hash, entries))
    for tile in tiles_of(checkpoint.size):
        assert read(tile.path) == tile.content(subtree), tile.path
    assert Checkpoint(listed.origin, len(entries), _root(entries)) == checkpoint
    leaves = [Leaf.parse(entry) for entry in entries]
    _require_signed(leaves, read, listed)
    return entries, leaves, listed


def _root(entries: list[bytes]) -> bytes:
    return root_of(map(leaf_hash, entries))


def _require_signed(leaves: list[Leaf], read: object, listed: KeyList) -> None:
    """The keys are followed from the first entry on, as an outsider would; the list that is served says the same."""
    assert callable(read)
    keys: KeyList | None = None
    for index, leaf in enumerate(leaves):
        manifest = leaf.manifest
        if manifest.kind in (Kind.GENESIS, Kind.KEY):
            assert manifest.doc is not None
            document = KeyDocument.parse(read(f"doc/{manifest.doc.hex()}"))
            keys = KeyList.founded(document) if keys is None else keys
            verify_manifest(leaf.signed, keys.desk_keys(index))
            keys = keys if index == 0 else keys.after(index, document)
        assert keys is not None
        verify_manifest(leaf.signed, keys.desk_keys(index))
    assert keys in (None, listed)


def _require_growth(newsroom: FaultyNewsroom, entries: list[bytes], keys: KeyList) -> None:
    subtree = subtrees_of(map(leaf_hash, entries))
    root = _root(entries)
    for seen in newsroom.checkpoints:
        old = open_checkpoint(seen, keys.origin, keys.log_keys()).checkpoint
        assert old.size <= len(entries), "The log is shorter than one that was served."
        if old.size:
            proof = prove_consistency(old.size, len(entries), subtree)
            verify_consistency(old.size, len(entries), old.root, root, proof)


def _require_chains(leaves: list[Leaf]) -> None:
    newest: dict[object, bytes] = {}
    versions: Counter[object] = Counter()
    at = leaves[0].at if leaves else None
    for leaf in leaves:
        manifest = leaf.manifest
        assert at is not None
        assert leaf.at >= at
        at = leaf.at
        if manifest.article is None:
            continue
        assert manifest.prev == newest.get(manifest.article)
        newest[manifest.article] = leaf_hash(leaf.to_bytes())
        if manifest.kind is Kind.VERSION:
            versions[manifest.article] += 1
            assert manifest.version == versions[manifest.article]


def _require_pages_in_log(newsroom: FaultyNewsroom, leaves: list[Leaf]) -> None:
    """The words of each version are unlike those of all others: pages may show only those whose version is logged."""
    logged = {leaf.manifest.content.hex() for leaf in leaves if leaf.manifest.content}
    known: dict[str, str] = {}
    for sha256, content in newsroom.rows("SELECT sha256, content FROM editions_edition ORDER BY id"):
        known.update({words: str(sha256) for words in _words_in(content)})
    for page in (newsroom.home / "site").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert text.rstrip().endswith("</html>"), f"{page} is not whole."
        for words in WORDS.findall(text):
            assert known[words] in logged, f"{page} shows a version that is not in the log."


def _words_in(content: object) -> list[str]:
    assert isinstance(content, bytes)
    return WORDS.findall(content.decode())


def _require_live(newsroom: FaultyNewsroom, leaves: list[Leaf]) -> None:
    listed = KeyList.parse((newsroom.log / "keys.json").read_bytes())
    waiting = newsroom.rows('SELECT id FROM editions_logentry WHERE "index" IS NULL')
    assert waiting == []
    versions = newsroom.rows("SELECT path, content FROM editions_edition ORDER BY id")
    newest = {str(path): _words_in(content)[-1] for path, content in versions}
    for path, words in newest.items():
        assert words in (newsroom.home / "site" / path.strip("/") / "index.html").read_text(encoding="utf-8")
    for slug, words in newsroom.acknowledged.items():
        assert any(words in _words_in(content) for path, content in versions if f"/{slug}/" in str(path))
    for index, leaf in enumerate(leaves):
        if leaf.manifest.content is None:
            continue
        assert (newsroom.log / "content" / leaf.manifest.content.hex()).exists()
        proof = (newsroom.log / "proof" / f"{index}.tlog-proof").read_bytes()
        assert verify_proof(proof, leaf.to_bytes(), listed.origin, listed.log_keys())[0] == index


def _require_tidy(newsroom: FaultyNewsroom) -> None:
    staging = newsroom.log / ".state" / "staging"
    assert not staging.exists() or list(staging.iterdir()) == []
