"""Which stemmer a language's words go through. The Snowball algorithms, under the names that both engines know.

https://snowballstem.org. Languages without one here are found by their whole words.
"""

from __future__ import annotations

_STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nb": "norwegian", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish",
}  # fmt: skip
WHOLE_WORDS = "whole"
STEMMERS = (WHOLE_WORDS, *sorted(set(_STEMMERS.values())))


def stemmer_of(language: str) -> str:
    """'english' for 'en-GB'; `WHOLE_WORDS` for a language that has none."""
    return _STEMMERS.get(language.lower().partition("-")[0], WHOLE_WORDS)
