"""Reading settings from the environment: each error names the variable, what it holds and what it may hold."""

from __future__ import annotations

import os


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


def whole_number(name: str, default: int) -> int:
    """Raises SettingError unless the variable is absent or a whole number above zero."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or len(value) > 9 or int(value) == 0:
        raise SettingError(f"{name} is “{value}”; it must be a whole number above zero.")
    return int(value)
