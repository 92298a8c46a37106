"""The whole archive as the desk asks it: which source has these words, when the attached ones do not.

The index is derived and disposable: it is kept up to date after each commit, and built again when its file is gone. No
confidential source is ever in it: what the desk says in a report may be read by everybody who works on the story.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from cryptonewshub.quotations.vocabulary import SourceText
from cryptonewshub.sources.models import Source
from cryptonewshub.sources.passages import PassageIndex


class NewsroomArchive:
    """Answers for the newsroom in CNH_HOME. Each question opens the index anew, so it may be asked from any thread."""

    def closest(self, text: str) -> SourceText | None:
        """The archived source that holds these words, or nearly; None where none does."""
        with open_index() as index:
            return index.closest(text)


def open_index() -> PassageIndex:
    """The index of the archive. One that is missing is built from the sources."""
    file = index_file()
    is_missing = not file.exists()
    index = PassageIndex(file)
    if is_missing:
        index.rebuild(_text_of(source) for source in Source.objects.open().iterator())
    return index


def enter(source: Source) -> None:
    """Enters a source that came in, or whose description changed; takes one out that became confidential."""
    with open_index() as index:
        if source.is_confidential:
            index.forget(_text_of(source).id)
        else:
            index.add(_text_of(source))


def index_file() -> Path:
    """Where the index is."""
    place: Path = settings.CNH_HOME.archive / "passages.sqlite3"
    return place


def _text_of(source: Source) -> SourceText:
    return source.as_text(str(source.pk))
