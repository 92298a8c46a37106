"""What kind of story a reader has before them, in a word. News needs none."""

from __future__ import annotations

from cryptonewshub.articles.document import Document, Label

_WORDS: dict[Label, str] = {
    "news": "",
    "analysis": "Analysis",
    "opinion": "Opinion",
    "live": "Live",
    "explainer": "Explainer",
}


def label_word(document: Document) -> str:
    """'Analysis', 'Opinion', 'Live', 'Explainer'; '' for news. Live coverage that has ended says so."""
    if document.label == "live" and document.ended:
        return "As it happened"
    return _WORDS[document.label]


def forms() -> dict[str, list[str]]:
    """What a page may call each kind of story."""
    words: dict[str, list[str]] = {label: [word] for label, word in _WORDS.items() if word}
    return {**words, "live": ["Live", "As it happened"]}
