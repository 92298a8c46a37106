"""What the languages of sources are called, where a translation is told of."""

from __future__ import annotations

from cryptonewshub.languages.wording import ENGLISH

_NAMES = {
    "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "he": "Hebrew", "hr": "Croatian", "hu": "Hungarian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sr": "Serbian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip


def language_name(tag: str, language: str = ENGLISH) -> str:
    """'Russian' for 'ru' and 'ru-RU', 'norsk' for 'no' in Norwegian. A tag that has no name stands for itself; in
    English, where the names are our own, with a word before it: 'the language “xx”'.
    """
    from babel import Locale, UnknownLocaleError

    first = tag.lower().partition("-")[0]
    if language == ENGLISH:
        return _NAMES.get(first, f"the language “{tag}”")
    try:
        return Locale.parse(first).get_display_name(language) or tag
    except (ValueError, UnknownLocaleError):
        return tag
