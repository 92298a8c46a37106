"""Which database the newsroom has, a file of its own or a PostgreSQL, and what to tell a person when it fails."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from cryptonewshub.config.environment import SettingError

VARIABLE = "CNH_DATABASE_URL"
_PATIENCE = 20  # seconds that a writer waits for another one, on either
_AWAY = ("OperationalError", "InterfaceError")
_REFUSED = ("password", "authentication", "does not exist", "pg_hba.conf", "permission denied")
_DAMAGED = ("file is not a database", "malformed")


def database_of(url: str, file: Path) -> dict[str, object]:
    """Django's settings for the database at `url`, or in `file` when the URL is empty. Raises SettingError."""
    return {**(_postgres(url) if url else _sqlite(file)), "ATOMIC_REQUESTS": True}


def _sqlite(file: Path) -> dict[str, object]:
    """One file, no service. IMMEDIATE: a writer waits its turn at the start, and never fails halfway.

    It is opened only where it is: a file that was moved away is missed, and no empty one takes its place unnoticed.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"file:{quote(str(file))}?mode=rw",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": _PATIENCE,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgres(url: str) -> dict[str, object]:
    """What the URL says of libpq's other settings (`?sslmode=verify-full`) is handed on to it."""
    said = _parts(url)
    options = {"connect_timeout": 3, "keepalives_idle": 30, "tcp_user_timeout": _PATIENCE * 1000, **said}
    options["options"] = f"-c lock_timeout={_PATIENCE}s {said.get('options', '')}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{name.upper(): str(options.pop(name, "")) for name in ("user", "password", "host", "port")},
        "NAME": options.pop("dbname"),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _parts(url: str) -> dict[str, object]:
    """The URL's parts by libpq's names. What is wrong is said without repeating the URL: there may be a password."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    wrong = SettingError(
        f"{VARIABLE} is not the address of a PostgreSQL database, such as postgresql://newsroom@localhost/newsroom; "
        "correct it, or leave it empty to keep the newsroom in a file."
    )
    if not url.startswith(("postgresql://", "postgres://")):
        raise wrong
    try:
        parts: dict[str, object] = dict(conninfo_to_dict(url))
    except psycopg.ProgrammingError as error:
        raise wrong from error
    if not parts.get("dbname"):
        raise wrong
    return parts


def database_trouble(error: BaseException | None, url: str) -> str | None:
    """What to tell a person when a database that is away or damaged is at the bottom of an error; None for others."""
    found = _of_the_database(error)
    return _sentence(type(found).__name__, str(found).strip(), url) if found else None


def is_away(error: BaseException | None) -> bool:
    """Whether the database cannot be asked now, and may be some time later."""
    found = _of_the_database(error)
    said = str(found)
    return type(found).__name__ in _AWAY and not _is_empty(said) and not _is_damaged(said)


def _of_the_database(error: BaseException | None) -> BaseException | None:
    while error is not None and type(error).__module__ != "django.db.utils":
        error = error.__cause__ or error.__context__
    return error


def _sentence(kind: str, said: str, url: str) -> str | None:
    if _is_empty(said):
        return "the database has no newsroom in it; “cnh init” makes one, or restore a backup."
    if _is_damaged(said):
        return "the database is damaged; restore it from a backup. The log and the baked pages are not touched."
    if kind not in _AWAY:
        return None
    if url and any(words in said for words in _REFUSED):
        return (
            f"the database that {VARIABLE} names lets nobody in: {_reason(said)}. Correct the setting or the database."
        )
    if url:
        return f"the database that {VARIABLE} names does not answer: {_reason(said)}. Nothing is lost; try again later."
    if "unable to open" in said:
        return "the database cannot be opened: put db.sqlite3 back into CNH_HOME, or restore it from a backup."
    return f"the database cannot be used now, so nothing was changed: {_reason(said)}. Run the same command again."


def _is_empty(said: str) -> bool:
    return "no such table" in said or ("relation" in said and "does not exist" in said)


def _is_damaged(said: str) -> bool:
    return any(words in said for words in _DAMAGED)


def _reason(said: str) -> str:
    """libpq's reason, of the last place that it tried, without the question that it asks in the next line."""
    lines = said.rpartition("failed: ")[2].splitlines()
    reason = lines[0].removeprefix("FATAL:").strip().rstrip(".?") if lines else ""
    return re.sub(r'"([^"]*)"', r"“\1”", reason) or "no reason was given"
