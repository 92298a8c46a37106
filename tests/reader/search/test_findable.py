"""What can be found of an edition: the story, and each quotation that is somebody's words."""

from __future__ import annotations

from typing import Any

from cryptonewshub.reader.search.findable import Kind, findables_of
from tests.reader.cast import BLOCK, EXACT, THIRD_EDITION


def test_a_story_is_found_by_its_words_and_by_who_speaks_in_it() -> None:
    story = findables_of(THIRD_EDITION)[0]
    assert story.kind is Kind.STORY
    assert story.title == THIRD_EDITION.document.title
    assert EXACT in story.text
    assert "ida-rosenkilde" in story.persons
    assert story.section == "security"


def test_each_statement_leads_to_its_place_in_the_story() -> None:
    statements = [found for found in findables_of(THIRD_EDITION) if found.kind is Kind.STATEMENT]
    assert EXACT in [statement.text for statement in statements]
    assert BLOCK in [statement.text for statement in statements]
    assert all(statement.title and statement.path.startswith(THIRD_EDITION.path) for statement in statements)
    assert all(statement.standing == THIRD_EDITION.document.title for statement in statements)


def test_the_place_of_a_statement_is_on_the_page() -> None:
    from lxml import html

    from cryptonewshub.reader.pages import article_page
    from tests.reader.cast import EDITIONS, SITE

    page: Any = html.document_fromstring(article_page(SITE, THIRD_EDITION, editions=EDITIONS))
    for found in findables_of(THIRD_EDITION):
        if "#" in found.path:
            place = page.get_element_by_id(found.path.partition("#")[2])
            assert found.text.split()[0] in place.text_content()


def test_what_belongs_to_an_article_goes_away_with_it() -> None:
    assert {found.owner for found in findables_of(THIRD_EDITION)} == {str(THIRD_EDITION.article)}
    names = [found.id for found in findables_of(THIRD_EDITION)]
    assert len(names) == len(set(names))
