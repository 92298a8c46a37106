"""Opening the newsroom in CNH_HOME for the words that need it: from here on Django is there."""

from __future__ import annotations

import errno
import os

from cryptonewshub.config.environment import SettingError
from cryptonewshub.config.home import Home


class NewsroomError(Exception):
    """The newsroom cannot be opened or served. Its text is one sentence."""


def is_disk_full(error: BaseException | None) -> bool:
    """Whether a full disk is at the bottom of an error, whoever met it: the file system or the database."""
    while error is not None:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            return True
        if type(error).__name__ == "OperationalError" and "disk is full" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def open_newsroom() -> Home:
    """Sets Django up for the newsroom in CNH_HOME. Raises NewsroomError when there is none."""
    home = Home.from_environment()
    if not home.is_prepared:
        raise NewsroomError(f"there is no newsroom in {home.path}; make one with “cnh init”, or set CNH_HOME.")
    set_up_django()
    return home


def set_up_django() -> None:
    """Raises NewsroomError when the environment holds a setting that cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cryptonewshub.config.settings")
    import django

    try:
        django.setup()
    except SettingError as error:
        raise NewsroomError(str(error)) from error
