"""The pages of a story, and those that stand where there is none: each function returns the whole HTML of one page.

Pages of other kinds are in modules of their own (`fronts`, `listings`, `persons`, `archive`, `history` and more).

Nothing asks a clock, a database or the network; a page that says a date says one that is sealed in its stories.
"""

from __future__ import annotations

from collections.abc import Sequence

from cryptonewshub.editions.content import Content
from cryptonewshub.reader.affected import edition_address
from cryptonewshub.reader.beside import NOTHING_BESIDE, Beside
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.linked_data import article_facts
from cryptonewshub.reader.machines import card_address
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.stories import story_view
from cryptonewshub.reader.versions import edition_view


def article_page(
    site: Site,
    content: Content,
    *,
    editions: Sequence[Content],
    is_preview: bool = False,
    newest: bool = True,
    beside: Beside = NOTHING_BESIDE,
) -> str:
    """One edition of a story. `editions` are all published versions, oldest first; `newest=False` is an earlier one."""
    story = story_view(site, content, editions, newest=newest, beside=beside)
    frame = frame_of(
        site,
        title=content.document.title,
        description=content.document.standfirst,
        path="" if is_preview else content.path if newest else edition_address(content.path, content.version),
        stories=[content],
        here=story.section_path,
        is_indexed=newest and not is_preview,
        facts=None if is_preview else article_facts(site, content, newest=newest),
        card=card_address(content.path) if newest and not is_preview else "",
    )
    return render(
        site.language, "pages/article.html", frame=frame, story=story, is_preview=is_preview, is_newest=newest
    )


def moved_page(site: Site, content: Content) -> str:
    """What stands at an address that a story had before: the way to the one that it has now."""
    frame = frame_of(
        site, title=site.words.say("Moved"), description="", path=content.path, stories=(content,), is_indexed=False
    )
    return render(
        site.language, "pages/moved.html", frame=frame, path=content.path, edition=edition_view(site, content)
    )


def not_found_page(site: Site) -> str:
    """What stands at an address where nothing is."""
    frame = frame_of(
        site, title=site.words.say("Nothing is here"), description="", path="", stories=(), is_indexed=False
    )
    return render(site.language, "pages/not_found.html", frame=frame)


def gone_page(site: Site) -> str:
    """What stands at the address of a story that was withdrawn."""
    frame = frame_of(site, title=site.words.say("Withdrawn"), description="", path="", stories=(), is_indexed=False)
    return render(site.language, "pages/gone.html", frame=frame)
