"""CNH_VALKEY_URL: where Django's cache is."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from cryptonewshub.config.environment import SettingError

VARIABLE = "CNH_VALKEY_URL"
_SCHEMES = {"valkey": "redis", "valkeys": "rediss", "redis": "redis", "rediss": "rediss"}


def cache_of(url: str) -> dict[str, object]:
    """Django's settings for the cache at `url`, or in memory when the URL is empty. Raises SettingError."""
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    scheme, _, place = url.partition("://")
    asked = f"{_SCHEMES.get(scheme, '')}://{place}"
    if not _can_be_asked(asked):
        raise SettingError(
            f"{VARIABLE} is not the address of a Valkey or a Redis, such as valkey://localhost:6379/0; "
            "correct it, or leave it empty to do without."
        )
    return {"BACKEND": "cryptonewshub.config.remembering.SharedCache", "LOCATION": asked, "KEY_PREFIX": "newsroom"}


def _can_be_asked(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0 and re.fullmatch(r"/?|/\d{1,3}", parts.path) is not None
    except ValueError:
        return False
