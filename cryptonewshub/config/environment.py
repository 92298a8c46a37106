"""Reading settings from the environment: each error names the variable, what it holds and what it may hold."""

from __future__ import annotations

import os
import re
from zoneinfo import ZoneInfo

from cryptonewshub.delivery.caches.kinds import Cache, caches_of
from cryptonewshub.languages.wording import languages


class SettingError(ValueError):
    """An environment variable holds something that cannot be used. Its text is one sentence."""


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    """`1`, `true`, `yes`, `on` and their opposites. Raises SettingError for anything else."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    raise SettingError(f"{name} is “{value}”; it can be yes or no.")


def caches(name: str) -> tuple[Cache, ...]:
    """The caches that stand before the newsroom, with their tokens. Raises SettingError for what is none."""
    tokens = {kind: text(token, "") for kind, token in _CACHE_TOKENS.items()}
    try:
        return caches_of(text(name, ""), tokens)
    except ValueError as error:
        raise SettingError(f"{name} {error}") from None


_CACHE_TOKENS = {"cloudflare": "CNH_CLOUDFLARE_TOKEN", "fastly": "CNH_FASTLY_TOKEN"}


def language(name: str, default: str) -> str:
    """A BCP 47 tag of a language in which pages can be. Raises SettingError for any other."""
    value = os.environ.get(name, "").strip() or default
    if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value) and value.split("-")[0] in languages():
        return value
    raise SettingError(
        f"{name} is “{value}”; readers’ pages can be in {', '.join(languages())}. Another language needs a catalogue:"
        " docs/how-to/add-a-language.md."
    )


def site_address(name: str, default: str) -> str:
    """Where readers find the site, without a slash at its end. Raises SettingError for what is no address of a site."""
    value = os.environ.get(name, "").strip().rstrip("/") or default
    if re.fullmatch(r"https?://([\w.-]+|\[[\da-f:]+\])(:\d{1,5})?", value):
        return value
    raise SettingError(f"{name} is “{value}”; it is the site’s address as readers type it: https://news.example.org.")


def names(name: str, default: str) -> list[str]:
    """What stands between commas."""
    return [each.strip() for each in text(name, default).split(",") if each.strip()]


def zone(name: str, default: str) -> str:
    """A time zone by its name. Raises SettingError where there is none of that name."""
    value = os.environ.get(name, "").strip() or default
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):
        raise SettingError(f"{name} is “{value}”; it is the name of a time zone, such as Europe/Oslo or UTC.") from None
    return value


def level(name: str, default: str) -> str:
    """From which weight on the log is written. Raises SettingError for a word that is none."""
    value = os.environ.get(name, "").strip().upper() or default
    if value in _LEVELS:
        return value
    raise SettingError(f"{name} is “{value}”; it can be {', '.join(_LEVELS[:-1])} or {_LEVELS[-1]}.")


_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def whole_number(name: str, default: int) -> int:
    """Raises SettingError unless the variable is absent or a whole number above zero."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or len(value) > 9 or int(value) == 0:
        raise SettingError(f"{name} is “{value}”; it must be a whole number above zero.")
    return int(value)
