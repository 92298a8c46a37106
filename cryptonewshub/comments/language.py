"""The newsroom's language, for what readers are told about their words: in letters, on forms, on pages.

Moderators' screens stay English, like the rest of the editor.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.functional import lazy

from cryptonewshub.languages.wording import Wording, wording


def words() -> Wording:
    """How readers are spoken to."""
    return wording(settings.CNH_LANGUAGE)


def say(message: str, /, **values: object) -> str:
    """The message in the newsroom's language."""
    return words().say(message, **values)


def count(one: str, many: str, number: int, /, **values: object) -> str:
    """The form of the message that goes with the number, in the newsroom's language."""
    return words().count(one, many, number, **values)


# The same, said when they are shown: forms are made before the settings are read.
say_later = lazy(say, str)
count_later = lazy(count, str)


def day(when: datetime) -> str:
    """'8 November 2025', in the newsroom's zone."""
    from babel.dates import format_date

    spoken = words()
    return format_date(timezone.localtime(when), spoken.say("d MMMM y"), locale=spoken.language)
