"""Which language a text is in, as far as a desk needs it: by its script, then by its commonest small words.

Cheap and modest: it answers None rather than guess, and says nothing about short texts.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

_SMALL_WORDS = {
    "en": "the of and to in that is was for it with as on be have this are we",
    "no": "og i det er som en på til av for at ikke jeg har med vi den om",
    "sv": "och i det är som en på till av för att inte jag har med vi den om",
    "da": "og i det er som en på til af for at ikke jeg har med vi den om",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine wir",
    "fr": "de la le et les des en un du une que est pour qui dans par sur nous pas au",
    "es": "de la que el en y a los se del las un por con no una su para es nosotros",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as",
    "it": "di che e il la in un è per una con non del le si dei al nel noi da",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er om wij die ook",
    "pl": "w i na z do się nie że jest o to jak za od po przez dla są który oraz",
    "fi": "ja on ei että se hän oli ovat mutta kun me tämä myös kuin niin joka sen olemme",
    "tr": "ve bir bu da de için ile çok daha ne olarak gibi ama biz var en kadar",
}
_MARKERS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_SCRIPTS = (
    ("ru", re.compile("[\u0400-\u04ff]")), ("el", re.compile("[\u0370-\u03ff]")), ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")), ("ja", re.compile("[\u3040-\u30ff]")), ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")), ("hi", re.compile("[\u0900-\u097f]")),
)  # fmt: skip
_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_SAMPLE = 6_000
_ENOUGH = 20


def primary(language: str) -> str:
    """The language without its region: 'nb-NO' and 'nn' are 'no', 'en-GB' is 'en'."""
    code = language.replace("_", "-").split("-")[0].lower()
    return "no" if code in ("nb", "nn") else code


@lru_cache(maxsize=256)
def detect_language(text: str) -> str | None:
    """The language's primary code, or None where the text does not tell."""
    sample = text[:_SAMPLE]
    words = _LETTERS.findall(sample.lower())
    letters = sum(map(len, words))
    for language, script in _SCRIPTS:
        if letters and len(script.findall(sample)) > letters / 3:
            return "uk" if language == "ru" and len(_UKRAINIAN.findall(sample)) > letters / 100 else language
    if len(words) < _ENOUGH:
        return None
    return _by_small_words(words)


def _by_small_words(words: list[str]) -> str | None:
    counted = Counter(words)
    shares = {language: sum(counted[word] for word in markers) / len(words) for language, markers in _MARKERS.items()}
    best, second = sorted(shares, key=shares.__getitem__, reverse=True)[:2]
    return best if shares[best] > 0.12 and shares[best] > 1.15 * shares[second] else None
