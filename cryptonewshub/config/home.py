"""Where a newsroom lives: one directory that holds all of it, so that copying the directory is backing it up.

Plain Python: the command line asks here before Django is imported. Nothing is created until `prepare` is called.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """The directory named by CNH_HOME (default `./var`) and the places in it."""

    path: Path

    @classmethod
    def from_environment(cls) -> Home:
        return cls(Path(os.environ.get("CNH_HOME") or "var").absolute())

    @property
    def database(self) -> Path:
        """Where the newsroom has no PostgreSQL."""
        return self.path / "db.sqlite3"

    @property
    def media(self) -> Path:
        """Pictures as editors uploaded them, and their renditions."""
        return self.path / "media"

    @property
    def archive(self) -> Path:
        """Captured originals of sources, each under the SHA-256 of its bytes. Never served."""
        return self.path / "archive"

    @property
    def log(self) -> Path:
        """Public, static, append-only: the content documents of every edition."""
        return self.path / "log"

    @property
    def site(self) -> Path:
        """The baked pages. Derived: `cnh bake --all` makes it again."""
        return self.path / "site"

    @property
    def search(self) -> Path:
        """The search index. Derived: `cnh index --all` makes it again."""
        return self.path / "search"

    @property
    def mirror(self) -> Path:
        """What the store has acknowledged, where there is one. Derived: `cnh mirror --all` makes it again."""
        return self.path / "mirror"

    @property
    def keys(self) -> Path:
        """Secrets. Readable by the owner alone."""
        return self.path / "keys"

    @property
    def is_prepared(self) -> bool:
        """Whether “cnh init” was here; the database may be elsewhere, or away."""
        return (self.keys / "django-secret-key").exists()

    def prepare(self) -> None:
        """Makes the directories and the secret key. Running it again changes nothing."""
        for place in (self.path, self.media, self.archive, self.log, self.site):
            place.mkdir(parents=True, exist_ok=True)
        self.keys.mkdir(mode=0o700, exist_ok=True)
        self.secret("django-secret-key")

    def secret(self, name: str) -> str:
        """The secret of that name, made of 48 random bytes the first time it is asked for."""
        file = self.keys / name
        if not file.exists():
            draft = file.with_suffix(".new")
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as out:
                out.write(secrets.token_urlsafe(48))
                out.flush()
                os.fsync(out.fileno())
            draft.rename(file)
        return file.read_text(encoding="ascii").strip()
