"""What a language is called in the site's own, and which way it is written."""

from __future__ import annotations

from functools import cache, lru_cache

from cryptonewshub.reader.times import known_locale

# The languages in daily use that are written from right to left, by their first subtag.
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})


@lru_cache(maxsize=256)
def language_name(tag: str, site_language: str) -> str:
    """'Norwegian Bokmål' for 'nb' on an English site; the tag itself where nobody knows a name."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(tag, sep="-").get_display_name(known_locale(site_language))
    except (ValueError, UnknownLocaleError):
        return tag
    return name or tag


@cache
def language_names(site_language: str) -> dict[str, str]:
    """What the site calls every language that babel knows, by its tag."""
    from babel import Locale

    tags = [str(tag).replace("_", "-") for tag in Locale.parse(known_locale(site_language)).languages]
    return {tag: language_name(tag, site_language) for tag in tags}


def direction(tag: str) -> str:
    """'rtl' or 'ltr', for the dir attribute."""
    return "rtl" if tag.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
