"""A small cast and its papers: Ada writes, Ben checks, Cleo publishes, Dov only reads. Every word here is invented."""

from __future__ import annotations

from pathlib import Path

TRANSCRIPT = """\
PRESS BRIEFING, MINISTRY OF FERRIES OF ORRA

MINISTER LIND: Good morning. The ferry to Sund will run again on Tuesday, and it will carry 240 passengers a day.
We have looked at every bolt of that ship, and we have changed eleven of them.
Nobody in this ministry knew that the engine had been painted over twice.

Q: Will fares rise?

MINISTER LIND: Fares will not rise this year. I said so in May, and I say it again today.
"""

STORY = """\
---
title: {title}
slug: {slug}
standfirst: The minister says that every bolt of the ship was looked at.
section: Security
byline: Staff
{dates}
topics: [Ferries]
language: en
{change}
sources:
  - id: lind
    file: ../sources/briefing.txt
    title: Press briefing
    speaker: Petra Lind
    publisher: Ministry of Ferries of Orra
    date: 2026-03-02
    language: en
---

The ferry between Orra and Sund will sail again after a winter in dock.

“{quotation}” the minister, Petra Lind, said on Monday.[^lind]

{more}
"""

TRUE_WORDS = "We have looked at every bolt of that ship, and we have changed eleven of them,"
FALSE_WORDS = "We have looked at every bolt of that ship, and we have changed twelve of them,"

WRONG_AND_RIGHT = ("An earlier version named the wrong day.", "The ferry sails on Tuesday.")


def correction_fields(kind: str = "correction", **more: str) -> str:
    """The front matter of a change that readers are told of."""
    fields = {"change": kind, "was_wrong": WRONG_AND_RIGHT[0], "is_right": WRONG_AND_RIGHT[1], **more}
    return "\n".join(f"{key}: {value}" for key, value in fields.items())


def write_story(
    folder: Path,
    *,
    quotation: str = TRUE_WORDS,
    more: str = "“Fares will not rise this year,” Lind said.[^lind]",
    title: str = "Ferry to Sund runs again on Tuesday",
    slug: str = "ferry-runs-again",
    published: str = "2026-03-02T09:30:00+01:00",
    change: str = "",
    transcript: str = TRANSCRIPT,
) -> Path:
    """A story file with its source beside it; the defaults are clear of the desk's doubts."""
    for name in ("stories", "sources"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "sources" / "briefing.txt").write_text(transcript, encoding="utf-8")
    story = folder / "stories" / f"{slug}.md"
    dates = f"published: {published}" if published else ""
    text = STORY.format(title=title, slug=slug, quotation=quotation, more=more, dates=dates, change=change)
    story.write_text(text.replace("\n\n\n", "\n\n"), encoding="utf-8")
    return story
