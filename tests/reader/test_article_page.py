"""What a reader sees of one story."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import html

from cryptonewshub.articles.document import Block, Byline, Image, Mark
from cryptonewshub.editions.content import Change, CheckedQuotation, Content, Correction
from cryptonewshub.quotations.vocabulary import Verdict
from cryptonewshub.reader.bodies import sign_place
from cryptonewshub.reader.pages import article_page
from tests.reader.cast import (
    ACT,
    EDITIONS,
    EXACT,
    FIRST,
    INTERVIEW,
    LEAD,
    SECOND_EDITION,
    SHORT,
    SITE,
    SPEECH,
    THIRD_EDITION,
    checked,
    passage,
    with_body,
)


def read(content: Content = THIRD_EDITION, **how: Any) -> Any:
    return html.document_fromstring(article_page(SITE, content, editions=EDITIONS, **how))


def read_alone(content: Content) -> Any:
    return html.document_fromstring(article_page(SITE, content, editions=[content]))


def text_of(tree: Any, xpath: str) -> str:
    found = tree.xpath(xpath)
    assert found, xpath
    return " ".join(found[0].text_content().split())


def opener_after(tree: Any, words: str) -> Any:
    """The sign that follows these quoted words."""
    (said,) = (e for e in tree.xpath("//span[@class='said']") if e.text_content() == words)
    return said.xpath("following-sibling::span[@data-x][1]/button")[0]


def test_the_head_of_a_story() -> None:
    tree = read()
    assert text_of(tree, "//h1") == FIRST.document.title
    assert text_of(tree, "//p[@class='kicker']") == "Analysis Security / The northern straits"
    assert text_of(tree, "//p[@class='standfirst']") == FIRST.document.standfirst
    assert text_of(tree, "//p[@class='bylines']") == ("By Ada Berg, Security correspondent, and The Harbour Post Staff")
    assert tree.xpath("//a[@rel='author']/@href") == ["/authors/ada-berg/"]
    assert "1 min read" in text_of(tree, "//div[@class='meta']")


def test_the_times_are_in_the_sites_zone_and_for_machines_too() -> None:
    published, updated = read(SECOND_EDITION).xpath("//div[@class='meta']//time")
    assert (published.text, published.get("datetime")) == ("10:51 CET, 8 November 2025", "2025-11-08T10:51:00+01:00")
    assert (updated.text, updated.get("datetime")) == ("14:20 CET", "2025-11-08T14:20:00+01:00")


def test_a_story_that_was_not_updated_does_not_say_so() -> None:
    assert "Updated" not in text_of(read_alone(FIRST), "//div[@class='meta']")


@pytest.mark.parametrize(
    ("bylines", "said"),
    [
        ((Byline("Staff"),), "By The Harbour Post Staff"),
        ((Byline("Ada Berg", slug="ada-berg"), Byline("Ben Okoro")), "By Ada Berg and Ben Okoro"),
        ((Byline("A"), Byline("B"), Byline("C")), "By A, B and C"),
        ((Byline("Staff", slug="staff"),), "By Staff"),
    ],
)
def test_bylines_are_said_as_people_say_them(bylines: tuple[Byline, ...], said: str) -> None:
    tree = read_alone(replace(FIRST, document=replace(FIRST.document, bylines=bylines)))
    assert text_of(tree, "//p[@class='bylines']") == said


def test_a_story_without_bylines_has_none() -> None:
    assert not read_alone(replace(FIRST, document=replace(FIRST.document, bylines=()))).xpath("//p[@class='bylines']")


def test_the_rights_line_has_the_year_of_publication_in_the_zone() -> None:
    at_new_year = replace(FIRST.document, published=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    tree = read_alone(replace(FIRST, document=at_new_year))
    assert "© 2026 The Harbour Post. All rights reserved." in text_of(tree, "//p[@class='rights']")


def test_a_correction_stands_above_the_story_and_an_update_at_the_foot() -> None:
    tree = read()
    grave, calm = tree.xpath("//div[contains(@class, 'correction')]")
    assert "grave" in grave.get("class")
    assert "There are 61." in grave.text_content()
    assert grave.xpath("following-sibling::div[@class='column']")
    assert "grave" not in calm.get("class")
    assert "harbour master" in calm.text_content()
    assert calm.xpath("ancestor::footer")


def test_a_subhead_has_an_anchor_from_its_words() -> None:
    subhead = read().xpath("//h2[@id='what-the-convoys-cost']")[0]
    assert subhead.xpath("a/@href") == ["#what-the-convoys-cost"]


def test_anchors_never_clash_with_each_other_or_with_the_page() -> None:
    tree = read_alone(
        with_body(
            *(Block("h", words) for words in ("Checked", "Checked title", "Sources", "Q1", "The act", "The act", "—"))
        )
    )
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_lists_and_fact_boxes_hold_their_neighbours_together() -> None:
    tree = read()
    assert [len(tree.xpath(f"//div[@class='text']/{kind}/li")) for kind in ("ul", "ol")] == [2, 2]
    (box,) = tree.xpath("//div[@class='facts']")
    assert len(box.xpath("ul/li")) == 2
    assert tree.xpath(f"//*[@id='{box.get('aria-labelledby')}']")[0].text_content() == "The strait in figures"


def test_two_fact_boxes_in_a_row_stay_two() -> None:
    lines = [Block("facts-title", "One"), Block("facts", "a"), Block("facts-title", "Two"), Block("facts", "b")]
    assert len(read_alone(with_body(*lines)).xpath("//div[@class='facts']")) == 2


def test_a_picture_keeps_its_place_and_says_whose_it_is() -> None:
    (picture,) = read().xpath("//figure[@class='picture']")
    (image,) = picture.xpath(".//img")
    assert (image.get("width"), image.get("height")) == ("1200", "800")
    assert (image.get("src"), image.get("alt")) == ("/media/mole.jpg", "A stone mole under low cloud")
    assert image.get("loading") == "lazy"
    assert "Ben Okoro" in picture.text_content()
    assert "CC BY 4.0" in picture.text_content()
    assert picture.xpath(".//source/@type") == ["image/avif", "image/webp"]
    assert "/media/mole-480.avif 480w" in picture.xpath(".//source/@srcset")[0]


def test_a_story_needs_no_picture() -> None:
    assert not read_alone(with_body(Block("p", "Words."), images=())).xpath("//img")


def test_a_picture_that_is_not_there_leaves_its_caption() -> None:
    tree = read_alone(with_body(Block("image", "A caption.", image=4), images=()))
    assert text_of(tree, "//figcaption") == "A caption."


def test_the_sign_stands_after_the_closing_mark_and_names_its_source() -> None:
    tree = read()
    (paragraph,) = tree.xpath("//p[@data-c='body.0']")
    sign = opener_after(tree, EXACT)
    assert sign.get("aria-label") == (
        "Source: Ida Rosenkilde, Speech at the opening of the harbour conference, 6 November 2025, word for word"
    )
    assert sign.xpath("../preceding-sibling::span[1]")[0].tail == ",”"
    assert opener_after(tree, SHORT).getparent().xpath("preceding-sibling::span[1]")[0].tail == "”."
    assert len(paragraph.xpath(".//button")) == 2


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("“No,” he said.", "No,", "“No,”"),
        ("“No”, he said.", "No", "“No”,"),
        ("“No”.", "No", "“No”."),
        ('"No," he said.', "No,", '"No,"'),
        ("„Nein“, sagte er.", "Nein", "„Nein“,"),
        ("« Non », dit-il.", "Non", "« Non »,"),
        ("«\u202fNon\u202f», dit-il.", "Non", "«\u202fNon\u202f»,"),
        ("“No.” “Yes.”", "No.", "“No.”"),
        ("“‘No’,” she read.", "No", "“‘No’,”"),
        ("the “No”’s end", "No", "the “No”’s"),
        ("“No”“Yes”", "No", "“No”"),
        ("“No", "No", "“No"),
        ("“No”—and so on", "No", "“No”"),
    ],
)
def test_the_place_of_the_sign_is_after_mark_and_stop(text: str, words: str, place: str) -> None:
    assert text[: sign_place(text, text.index(words) + len(words))] == place


def test_the_sign_opens_a_note_that_follows_its_block() -> None:
    tree = read()
    target = opener_after(tree, EXACT).get("popovertarget")
    (note,) = tree.xpath(f"//*[@id='{target}'][@popover]")
    assert note.xpath("preceding-sibling::p[1]")[0].get("data-c") == "body.0"
    said = " ".join(note.text_content().split())
    for words in ("Word for word", "Ida Rosenkilde", "Ministry of Ports of Vestmark", "6 November 2025", "in English"):
        assert words in said
    assert note.xpath(".//mark")[0].text_content() == EXACT
    assert note.xpath(".//a/@href")[0].startswith("https://ports.vestmark.example/speeches/opening#:~:text=We%20will")


def test_the_words_around_a_passage_are_whole_words() -> None:
    note = read().xpath("//*[@id='note-q2']//blockquote")[0].text_content()
    assert note.startswith("…have asked me")
    assert note.endswith("in our place when…")


def test_a_word_that_the_cut_has_left_whole_is_kept() -> None:
    suffix = ", in winter and in war, and we shall say so to whoever asks us, today or tomorrow.\n"
    quotation = checked(1, 0, LEAD, EXACT, Verdict.EXACT, SPEECH, passage(EXACT, "", suffix[-80:]))
    (note,) = read_alone(with_body(Block("p", LEAD), quotations=[quotation])).xpath("//*[@id='note-q1']//blockquote")
    assert note.text_content().endswith("today or tomorrow.…")


def test_a_passage_at_the_edge_of_its_source_has_no_ellipsis() -> None:
    assert read().xpath("//*[@id='note-q4']//blockquote")[0].text_content().startswith("Let me be plain.")


def test_an_edited_quotation_marks_only_the_words_that_it_quotes() -> None:
    quoted = [mark.text_content() for mark in read().xpath("//*[@id='note-q4']//mark")]
    assert quoted == ["The convoys", " were never meant to last"] or quoted == [
        "The convoys",
        "were never meant to last",
    ]


def test_a_translated_passage_is_in_its_own_language() -> None:
    (note,) = read().xpath("//*[@id='note-q5']")
    assert note.xpath(".//blockquote/@lang") == ["nb"]
    assert "Norwegian Bokmål" in note.text_content()
    assert "Translated by our staff from Norwegian." in note.text_content()
    assert "Signed off by: editor." in note.text_content()


@pytest.mark.parametrize("verdict", [v for v in Verdict if v is not Verdict.NOT_SPEECH])
def test_every_verdict_has_plain_words_and_never_the_machines(verdict: Verdict) -> None:
    quotation = checked(1, 0, LEAD, EXACT, verdict, SPEECH, passage(EXACT))
    tree = read_alone(with_body(Block("p", LEAD), quotations=[quotation]))
    said = tree.xpath("//*[@id='note-q1']")[0].text_content()
    assert len(said.split()) > 8
    if "-" in verdict.value:
        assert verdict.value not in tree.text_content()


def test_a_term_between_quotation_marks_has_no_sign_and_is_not_counted() -> None:
    term = CheckedQuotation("k1", "body", 0, 1, 10, "no speech", Verdict.NOT_SPEECH)
    tree = read_alone(with_body(Block("p", "“no speech” is a term."), quotations=[term]))
    assert not tree.xpath("//button")
    assert "This story quotes nobody." in text_of(tree, "//section[@id='checked']")


def test_a_quotation_without_a_source_says_so_and_has_no_passage() -> None:
    bare = CheckedQuotation(
        "k1", "body", 0, 1, 9, "no words", Verdict.UNSOURCED, speaker="Tor Almås", checked_by="editor"
    )
    (note,) = read_alone(with_body(Block("p", "“no words”, he said."), quotations=[bare])).xpath("//*[@id='note-q1']")
    assert "Without an archived source" in note.text_content()
    assert not note.xpath(".//blockquote")


def test_a_block_quotation_shows_its_source_openly() -> None:
    (figure,) = read().xpath("//figure[@class='quotation']")
    line = " ".join(figure.find("figcaption").text_content().split())
    assert line.startswith("Ida Rosenkilde, Speech at the opening of the harbour conference, Ministry of Ports")
    assert "word for word" in line
    assert figure.xpath(".//button[@popovertarget]")


def test_the_headline_has_no_sign_but_its_quotation_is_told_at_the_foot() -> None:
    tree = read()
    assert not tree.xpath("//h1//button")
    assert "In the headline: “in winter and in war”, word for word" in text_of(tree, "//ul[@class='above']/li")


def test_the_foot_counts_the_quotations_by_how_they_stand() -> None:
    tallies = [
        " ".join(li.text_content().split()) for li in read().xpath("//section[@id='checked']//ul[@class='tallies']/li")
    ]
    assert tallies == ["3 word for word", "1 with marked cuts", "1 translated by us", "1 word for word but short"]


def test_the_foot_lists_the_sources_with_their_captures_and_the_policy() -> None:
    tree = read()
    first, second, third = tree.xpath("//ol[@class='sources']/li")
    assert "Archived 6 November 2025, SHA-256 9f2c61d09f2c…" in " ".join(first.text_content().split())
    assert second.get("id") == "source-2"
    assert "SHA-256" not in third.text_content()
    assert "Checked under our policy “House policy”, version 1." in text_of(tree, "//p[@class='policy']")


def test_the_foot_names_the_roles_of_those_who_signed_off_once_each() -> None:
    roles = ("editor", "desk", "editor", "chief")
    quotations = [
        CheckedQuotation(f"k{n}", "body", 0, 0, 1, "W", Verdict.TRANSLATED, checked_by=role)
        for n, role in enumerate(roles)
    ]
    tree = read_alone(with_body(Block("p", "Words."), quotations=quotations))
    assert "signed off by: editor, chief." in text_of(tree, "//p[@class='policy']")


def citations(block: Block, *quotations: CheckedQuotation) -> list[str]:
    return [a.text for a in read_alone(with_body(block, quotations=quotations)).xpath("//sup[@class='number']/a")]


def test_a_citation_that_a_sign_has_just_answered_needs_no_second() -> None:
    text = f"“{EXACT},” she said."
    quotation = checked(1, 0, text, EXACT, Verdict.EXACT, SPEECH, passage(EXACT))
    assert citations(Block("p", text, marks=(Mark(len(text), len(text), "source", "speech"),)), quotation) == []


def test_a_citation_of_another_source_is_shown() -> None:
    text = f"“{EXACT},” she said."
    quotation = checked(1, 0, text, EXACT, Verdict.EXACT, SPEECH, passage(EXACT))
    assert citations(Block("p", text, marks=(Mark(len(text), len(text), "source", "act"),)), quotation) == ["3"]


def test_a_citation_in_a_later_sentence_is_shown() -> None:
    text = f"“{EXACT},” she said. Ships pass every day."
    quotation = checked(1, 0, text, EXACT, Verdict.EXACT, SPEECH, passage(EXACT))
    assert citations(Block("p", text, marks=(Mark(len(text), len(text), "source", "speech"),)), quotation) == ["1"]


def test_a_citation_without_a_quotation_leads_to_the_list_of_sources() -> None:
    tree = read_alone(with_body(Block("p", "Ships pass.", marks=(Mark(11, 11, "source", "interview"),))))
    (link,) = tree.xpath("//sup[@class='number']/a")
    assert link.get("href") == "#source-2"
    assert link.get("aria-label") == f"Source 2: {INTERVIEW.title}"
    assert tree.xpath("//li[@id='source-2']")


def test_a_citation_of_nothing_is_not_shown() -> None:
    assert citations(Block("p", "Ships pass.", marks=(Mark(11, 11, "source", "nowhere"),))) == []


def test_quotations_that_overlap_both_have_their_sign() -> None:
    text = "“He said ‘no more’,” she said."
    outer = checked(1, 0, text, "He said ‘no more’,", Verdict.EXACT, SPEECH, passage("x"))
    inner = checked(2, 0, text, "no more", Verdict.SHORT, SPEECH, passage("x"))
    tree = read_alone(with_body(Block("p", text), quotations=[outer, inner]))
    assert len(tree.xpath("//p[@data-c='body.0']//button")) == 2
    assert len(tree.xpath("//span[@id='q1']")) == len(tree.xpath("//span[@id='q2']")) == 1


def test_versions_are_told_with_what_changed_and_their_permanent_addresses() -> None:
    rows = read().xpath("//section[@class='versions']//li")
    assert [row.find("a").get("href") for row in rows] == [f"{FIRST.path}editions/{n}/" for n in (1, 2, 3)]
    told = [" ".join(row.text_content().split()) for row in rows]
    assert told[0] == "First published, 10:51 CET, 8 November 2025"
    assert told[1].startswith("Updated, 14:20 CET, 8 November 2025")
    assert "this version" in told[2]
    assert told[2].endswith("There are 61.")


def test_an_earlier_edition_says_so_and_leads_to_the_newest() -> None:
    tree = read(FIRST, newest=False)
    notice = text_of(tree, "//p[@class='notice']")
    assert notice.startswith("You are reading version 1 of 3")
    assert "It was corrected later." in notice
    assert tree.xpath("//p[@class='notice']/a/@href") == [FIRST.path]
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"https://post.example.org{FIRST.path}editions/1/"]
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_the_newest_edition_at_its_permanent_address_is_not_called_old() -> None:
    notice = text_of(read(THIRD_EDITION, newest=False), "//p[@class='notice']")
    assert notice.startswith("This is the permanent address of version 3.")


def test_the_article_at_its_own_address_has_no_notice() -> None:
    tree = read()
    assert not tree.xpath("//p[@class='notice']")
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"https://post.example.org{FIRST.path}"]


def test_a_preview_says_that_it_is_one_even_before_there_is_a_time() -> None:
    draft = replace(FIRST, document=replace(FIRST.document, published=None, bylines=(), section=None, kicker=""))
    tree: Any = html.document_fromstring(article_page(SITE, draft, editions=[], is_preview=True))
    assert text_of(tree, "//p[@class='notice']") == "Preview. This version is not published."
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not tree.xpath("//link[@rel='canonical']")
    assert not tree.xpath("//div[@class='meta']//time")


def test_a_retraction_is_told_above_the_story() -> None:
    note = Correction(Change.RETRACTION, "We could not stand by this story.", datetime(2025, 11, 9, tzinfo=UTC), 2)
    tree = read_alone(replace(FIRST, version=2, change=Change.RETRACTION, corrections=(note,)))
    assert "Retraction" in text_of(tree, "//div[contains(@class, 'grave')]")


def test_a_story_written_from_right_to_left_is_set_so_and_the_sites_words_in_it_are_not() -> None:
    document = replace(FIRST.document, language="ar")
    tree = read_alone(replace(FIRST, document=document))
    (story,) = tree.xpath("//article")
    assert (story.get("lang"), story.get("dir")) == ("ar", "rtl")
    for own in ("//p[@class='bylines']", "//div[@role='group'][@tabindex]", "//figure[@class='quotation']/figcaption"):
        assert (tree.xpath(own)[0].get("lang"), tree.xpath(own)[0].get("dir")) == ("en", "ltr")
    assert tree.xpath("//p[@data-c='body.0']/@dir") == ["auto"]


def test_a_story_in_the_sites_language_needs_no_second_word_of_it() -> None:
    assert not read().xpath("//p[@class='bylines']/@lang")


def test_marked_text_of_a_whole_book_is_rendered_once_over() -> None:
    marks = tuple(Mark(n * 5, n * 5 + 4, "em") for n in range(3000))
    tree = read_alone(with_body(Block("p", "word " * 3000, marks=marks)))
    assert len(tree.xpath("//p[@data-c='body.0']/em")) == 3000


OTHERS_SCRIPTS = "//script[not(@type='application/ld+json') and not(starts-with(@src, '/assets/'))]"
HOSTILE = "</p><script>alert('x')</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"


def test_hostile_text_is_text_wherever_it_stands() -> None:
    document = replace(
        FIRST.document,
        title=HOSTILE,
        kicker=HOSTILE,
        standfirst=HOSTILE,
        dateline=HOSTILE,
        bylines=(Byline(HOSTILE, HOSTILE),),
        body=(
            Block("p", HOSTILE),
            Block("h", HOSTILE),
            Block("quote", HOSTILE, speaker=HOSTILE),
            Block("image", HOSTILE, image=0),
        ),
        sources=(
            replace(
                SPEECH, title=HOSTILE, publisher=HOSTILE, speaker=HOSTILE, url="javascript:alert(1)", language=HOSTILE
            ),
            ACT,
        ),
        images=(Image(HOSTILE, "ab", HOSTILE, HOSTILE, HOSTILE, 1, 1),),
    )
    words = CheckedQuotation(
        HOSTILE,
        "body",
        0,
        0,
        9,
        HOSTILE,
        Verdict.EXACT,
        HOSTILE,
        "speech",
        passage(HOSTILE, HOSTILE, HOSTILE),
        HOSTILE,
        HOSTILE,
    )
    note = Correction(Change.CORRECTION, HOSTILE, datetime(2025, 11, 9, tzinfo=UTC), 1)
    page = article_page(SITE, replace(FIRST, document=document, quotations=(words,), corrections=(note,)), editions=[])
    tree: Any = html.document_fromstring(page)
    assert not tree.xpath(OTHERS_SCRIPTS)
    assert not tree.xpath("//@onerror")
    assert not [address for address in tree.xpath("//@href") if address.startswith("javascript")]
    assert "49" not in text_of(tree, "//h1")
    assert text_of(tree, "//h1") == HOSTILE


def test_a_page_holds_nothing_that_its_policy_would_refuse() -> None:
    page = article_page(SITE, THIRD_EDITION, editions=EDITIONS)
    tree: Any = html.document_fromstring(page)
    assert not tree.xpath(f"{OTHERS_SCRIPTS} | //style | //@style | //iframe | //form")
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    loaded = tree.xpath("//img/@src | //link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href")
    assert loaded
    assert all(re.match(r"/(assets|media)/", address) for address in loaded)


def test_every_id_is_given_once() -> None:
    ids = read().xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(read().xpath("//@popovertarget")) <= set(ids)
    assert {a.removeprefix("#") for a in read().xpath("//a/@href") if a.startswith("#")} <= set(ids)


def test_a_table_has_a_caption_a_head_and_figures_at_the_right() -> None:
    (table,) = read().xpath("//div[@class='table']")
    assert table.get("tabindex") == "0"  # it scrolls by keyboard, too
    assert [c.text_content() for c in table.xpath(".//th")] == ["Year", "Northern strait", "Southern strait"]
    assert [c.text_content() for c in table.xpath(".//td")] == ["2023", "48", "1,204", "2024", "61", ""]
    assert len(table.xpath(".//td[@class='figure']")) == 6
    assert table.xpath(".//caption/@id")[0] == table.get("aria-labelledby")


def test_a_quotation_in_a_cell_has_its_sign_there() -> None:
    text = "Ida Rosenkilde\n“a bad bargain”"
    said = checked(1, 0, text, "a bad bargain", Verdict.SHORT, SPEECH, passage("a bad bargain", "", ""))
    page = article_page(SITE, with_body(Block("row", text), quotations=[said]), editions=[])
    tree: Any = html.document_fromstring(page)
    (first, second) = tree.xpath("//td")
    assert first.xpath(".//button") == []
    assert len(second.xpath(".//button")) == 1
