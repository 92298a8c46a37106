"""The newsroom's two signing keys as files in CNH_HOME/keys: one signs checkpoints, the other signs entries.

Plain Python. Whoever steals one of them cannot both invent a version and log it, if two users run the two halves: each
file can be read by its owner alone. A file holds one key, or two while one replaces the other, the older one first.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from urllib.parse import urlsplit

from cryptonewshub.sources.archive import write_durably
from cryptonewshub.tlog.keys import KeyKind, SigningKey, require_name

LOG_KEY = "log.key"
DESK_KEY = "desk.key"
_OWNER_READS = 0o400


class KeyMissingError(Exception):
    """A signing key is not where it must be. Its text is a full sentence."""


def origin_of(base_url: str) -> str:
    """The name of the log of a newsroom at this address: `news.example.org/log`, or `localhost:8000/log`.

    Raises ValueError for an address that gives no name.
    """
    return f"{_host(base_url)}/log"


def desk_name_of(origin: str) -> str:
    """The name of the key that signs the entries of this log: `news.example.org/desk`."""
    return f"{origin.rpartition('/')[0]}/desk"


def make_keys(folder: Path, origin: str) -> None:
    """Makes what is missing of both keys, from 32 random bytes each."""
    for file, name in ((folder / LOG_KEY, origin), (folder / DESK_KEY, desk_name_of(origin))):
        if not file.exists():
            write_keys(file, [new_key(name)])


def new_key(name: str) -> SigningKey:
    """A fresh key of that name."""
    return SigningKey(name, secrets.token_bytes(32))


def new_witness_key(name: str) -> SigningKey:
    """A fresh key of a witness. Raises ValueError for a name that no key can have."""
    return SigningKey(name, secrets.token_bytes(32), KeyKind.COSIGNATURE)


def write_keys(file: Path, keys: list[SigningKey]) -> None:
    """Writes a key file, whole and readable by its owner alone."""
    write_durably(file, "".join(f"{key.secret_text()}\n" for key in keys).encode(), mode=_OWNER_READS)


def read_keys(folder: Path, name: str) -> tuple[SigningKey, ...]:
    """The keys in a file of the folder, oldest first. Raises KeyMissingError."""
    file = folder / name
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        why = error.strerror
        raise KeyMissingError(f"The key in {file} cannot be read: {why}. Restore it from a backup.") from None
    try:
        return tuple(SigningKey.parse(line) for line in lines)
    except ValueError as error:
        raise KeyMissingError(f"The key in {file} is damaged: {error} Restore it from a backup.") from None


def _host(base_url: str) -> str:
    parts = urlsplit(base_url)
    host = (parts.netloc.rpartition("@")[2] + parts.path).strip("/").lower()
    require_name(host)
    return host
