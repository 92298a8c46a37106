"""What kind of story a reader has before them, in a word. News needs none."""

from __future__ import annotations

from cryptonewshub.articles.document import Document, Label
from cryptonewshub.languages.wording import N_, Wording

_WORDS: dict[Label, str] = {
    "news": "",
    "analysis": N_("Analysis"),
    "opinion": N_("Opinion"),
    "live": N_("Live"),
    "explainer": N_("Explainer"),
}
_ENDED = N_("As it happened")


def label_word(document: Document, words: Wording) -> str:
    """'Analysis', 'Opinion', 'Live', 'Explainer'; '' for news. Live coverage that has ended says so."""
    if document.label == "live" and document.ended:
        return words.say(_ENDED)
    return words.say(_WORDS[document.label]) if _WORDS[document.label] else ""


def is_live(document: Document) -> bool:
    """Whether something still happens in it."""
    return document.label == "live" and not document.ended


def forms(words: Wording) -> dict[str, list[str]]:
    """What a page may call each kind of story."""
    found: dict[str, list[str]] = {label: [words.say(word)] for label, word in _WORDS.items() if word}
    return {**found, "live": [*found["live"], words.say(_ENDED)]}
