"""The words of one language. English ones stand in templates and code; other languages have a catalogue (`nb.po`).

A catalogue is read as it is written, so that nothing has to be compiled, and nothing compiled can be behind it.
A message is a text with places such as `%(name)s`; a per cent sign in it is written twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from cryptonewshub.languages.sources import Message

ENGLISH = "en"
CATALOGUES = Path(__file__).parent
_PLACE = re.compile(r"%\((\w+)\)[sd]")


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it, which tools look for
    """Marks a message that is said later, where the language is known."""
    return message


@dataclass(frozen=True, slots=True)
class Wording:
    """How a language says our messages. `language` is the catalogue's, 'en' for a language without one."""

    language: str
    translations: NullTranslations

    def say(self, message: str, /, **values: object) -> str:
        """The message with its values in their places."""
        return self.translations.gettext(message) % values

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """The form of the message that goes with the number, which stands at `%(num)s`."""
        return self.translations.ngettext(one, many, number) % {"num": number, **values}

    def forms(self, message: Message) -> tuple[str, ...]:
        """Every text that the message can become, its values still to be put in."""
        own = message if isinstance(message, tuple) else (message,)
        return own if self.language == ENGLISH else _catalogue(self.language).get(own[0], own)


def wording(language: str) -> Wording:
    """The words of a BCP 47 tag: 'nb-NO' has those of 'nb'; a language without a catalogue has the English ones."""
    name = language.split("-")[0].lower()
    return _wording(name if name in languages() else ENGLISH)


@cache
def _wording(name: str) -> Wording:
    if name == ENGLISH:
        return Wording(ENGLISH, NullTranslations())
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (CATALOGUES / f"{name}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=name))
    compiled.seek(0)
    return Wording(name, GNUTranslations(compiled))


@cache
def languages() -> tuple[str, ...]:
    """The languages that pages can be in."""
    return tuple(sorted({ENGLISH, *(path.stem for path in CATALOGUES.glob("*.po"))}))


def pieces(text: str) -> list[str]:
    """The text between the places of a message: 'Stories of ' and ', page ' of 'Stories of %(name)s, page %(number)s'.

    Places stand in the list too, at every second place, by their names.
    """
    return [part.replace("%%", "%") if at % 2 == 0 else part for at, part in enumerate(_PLACE.split(text))]


@cache
def _catalogue(name: str) -> dict[str, tuple[str, ...]]:
    from babel.messages.pofile import read_po

    found: dict[str, tuple[str, ...]] = {}
    with (CATALOGUES / f"{name}.po").open("rb") as file:
        for message in read_po(file, locale=name):
            ids, texts = (
                [part] if isinstance(part, str) else list(part) for part in (message.id, message.string or "")
            )
            found |= {text: tuple(texts) for text in ids if text}
    return found
