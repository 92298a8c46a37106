"""Reading settings from the environment: each error names the variable, what it holds and what it may hold."""

from __future__ import annotations

import os
import re

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


def whole_number(name: str, default: int) -> int:
    """Raises SettingError unless the variable is absent or a whole number above zero."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or len(value) > 9 or int(value) == 0:
        raise SettingError(f"{name} is “{value}”; it must be a whole number above zero.")
    return int(value)
