"""Finding sources in the archive by words, in their texts as in their descriptions."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from cryptonewshub.sources.models import Source


def with_words(sources: QuerySet[Source], query: str) -> QuerySet[Source]:
    """Those that have every word of the query somewhere."""
    for word in query.split()[:20]:
        sources = sources.filter(_has(word))
    return sources


def _has(word: str) -> Q:
    """That a word is in the text or the description. SQLite folds the case of ASCII letters only."""
    spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    found = Q()
    for field in ("text", "title", "speaker", "author", "publisher"):
        for spelling in spellings:
            found |= Q(**{f"{field}__icontains": spelling})
    return found
