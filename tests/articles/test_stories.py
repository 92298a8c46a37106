from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.articles.document import Block, Byline, CitedSource, Document, Image, Mark, Named, SeriesPart
from cryptonewshub.articles.slugs import slug_of
from cryptonewshub.articles.stories import StoryChange, StoryError, parse_story, read_sources, read_story, write_story

STORIES = Path(__file__).parents[1] / "stories"
PATH = Path("story.md")
HEAD = "---\ntitle: A title\nsources:\n  - id: vale\n    url: https://sund.example/vale\n---\n\n"
ENTRY = "  - id: vale\n    url: https://a.example\n"


def blocks(body: str) -> tuple[Block, ...]:
    return parse_story(HEAD + body, path=PATH).document.body


def error(text: str, path: Path = PATH) -> StoryError:
    with pytest.raises(StoryError) as caught:
        parse_story(text, path=path)
    return caught.value


def test_front_matter_becomes_the_document():
    document = read_story(STORIES / "harbour-treaty.md").document
    assert document.title == "Harbour treaty will be kept, Sund minister says, “whatever the winter brings”"
    assert (document.slug, document.kicker, document.dateline) == ("harbour-treaty-will-be-kept", "Diplomacy", "Lerk")
    assert document.section == Named("Diplomacy", "diplomacy")
    assert document.bylines == (Byline("Ada Holm", slug="ada-holm"), Byline("Staff", slug=None))
    assert document.topics == (Named("Harbours", "harbours"), Named("Treaties", "treaties"))
    assert document.published == datetime(2026, 3, 4, 18, 20, tzinfo=timezone(timedelta(hours=1)))
    assert document.sources[1] == CitedSource(
        id="orne",
        title="Speech to the Harbour Council",
        speaker="Tobias Orne",
        publisher="Government of Lerk",
        published=date(2026, 3, 3),
        file="sources/orne-speech.pdf",
    )


def test_body_becomes_blocks_of_plain_text():
    kinds = [block.kind for block in read_story(STORIES / "harbour-treaty.md").document.body]
    assert kinds == ["p", "p", "h", "p", "quote", "p", "ul", "ul", "facts-title", "facts", "facts"]


def test_citation_is_a_mark_right_after_what_it_backs():
    (block,) = blocks("“We stay,” Vale said.[^vale] They left.\n")
    assert block.text == "“We stay,” Vale said. They left."
    assert block.marks == (Mark(21, 21, "source", "vale"),)


def test_space_typed_before_a_citation_is_not_part_of_the_text():
    (block,) = blocks("Vale said [^vale], and left [^vale]\n")
    assert block.text == "Vale said, and left"
    assert [mark.start for mark in block.marks] == [9, 19]


def test_emphasis_and_links_are_marks_on_plain_text():
    (block,) = blocks("The *grey* __ship__ is [on the *list*](https://sund.example/list).\n")
    assert block.text == "The grey ship is on the list."
    assert [(block.text[mark.start : mark.end], mark.kind, mark.value) for mark in block.marks] == [
        ("grey", "em", ""),
        ("ship", "strong", ""),
        ("on the list", "a", "https://sund.example/list"),
        ("list", "em", ""),
    ]


def test_attribution_line_gives_the_block_quotation_its_speaker_and_source():
    (block,) = blocks("> A harbour is a promise.\n> — Tobias Orne, prime minister[^vale]\n")
    assert block == Block("quote", "A harbour is a promise.", speaker="Tobias Orne, prime minister", source="vale")


def test_every_paragraph_of_a_block_quotation_has_its_speaker():
    first, second = blocks("> One.\n>\n> Two.\n>\n> -- Mirela Vale\n")
    assert (first.text, first.speaker) == ("One.", "Mirela Vale")
    assert (second.text, second.speaker) == ("Two.", "Mirela Vale")


def test_image_has_its_caption_and_credit():
    document = parse_story(HEAD + '![A quay](quay.png "The quay at dusk. Credit: Ada Holm")\n', path=PATH).document
    assert document.body == (Block("image", "The quay at dusk.", image=0),)
    assert document.images == (Image("quay.png", "", "A quay", "The quay at dusk.", "Ada Holm", 0, 0),)


def test_a_table_has_a_title_a_head_and_rows_of_plain_cells():
    text = "Table: Ships a day[^vale]\n\n| Year | Ships |\n|---|--:|\n| 2024 | 61[^vale] |\n| 2025 |  |\n"
    assert blocks(text) == (
        Block("table-title", "Ships a day", (Mark(11, 11, "source", "vale"),)),
        Block("row-head", "Year\nShips"),
        Block("row", "2024\n61", (Mark(7, 7, "source", "vale"),)),
        Block("row", "2025\n"),
    )


def test_live_coverage_has_key_points_and_updates_with_their_times():
    text = ":::points\nThe act is passed.\n:::\n\n:::update 2026-03-02T09:30:00+01:00 A *vote*\nThey vote.\n"
    at = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    assert blocks(text) == (
        Block("points", "The act is passed."),
        Block("update", "A *vote*", at=at),
        Block("p", "They vote."),
    )


def test_what_a_story_is_and_belongs_to_stands_in_its_front_matter():
    text = "---\ntitle: T\nlabel: opinion\nseries: The straits\npart: 2\nrelated: [ferry-sails]\n---\n\nText\n"
    document = parse_story(text, path=PATH).document
    assert (document.label, document.series, document.related) == (
        "opinion", SeriesPart("The straits", "the-straits", 2), ("ferry-sails",),
    )  # fmt: skip
    assert parse_story(write_story(document), path=PATH).document == document


def test_image_has_its_licence_and_the_point_that_stays_in_view():
    images = "images:\n  - {file: quay.png, focus: 30 60}\n"
    text = f'---\ntitle: T\n{images}---\n\n![A quay](quay.png "Dusk. Credit: Ada Holm Licence: CC BY 4.0")\n'
    document = parse_story(text, path=PATH).document
    assert document.images[0].focus == (30, 60)
    alone = parse_story(text.replace(images, ""), path=PATH).document
    assert alone.images == (Image("quay.png", "", "A quay", "Dusk.", "Ada Holm", 0, 0, "CC BY 4.0"),)


def test_html_and_code_stay_the_words_that_were_typed():
    assert blocks("A <b>bold</b> `claim` & more\n")[0].text == "A <b>bold</b> `claim` & more"


def test_typography_stays_as_typed():
    text = '„Nein“, «non» -- ‘no’... "no" — it\'s 5\'10"'
    assert blocks(text)[0].text == text


def test_scalars_stay_the_text_that_was_typed():
    document = parse_story("---\ntitle: 1.10\nlanguage: no\nkicker: null\n---\nText.\n", path=PATH).document
    assert (document.title, document.language, document.kicker) == ("1.10", "no", "")


def test_byte_order_mark_and_windows_line_ends_change_nothing():
    text = (STORIES / "harbour-treaty.md").read_text(encoding="utf-8")
    windows = "\ufeff" + text.replace("\n", "\r\n")
    assert parse_story(windows, path=PATH) == parse_story(text, path=PATH)


def test_citation_in_the_standfirst_is_no_part_of_its_text():
    text = HEAD.replace("title: A title", "title: A title\nstandfirst: Vale “will stay”.[^vale]")
    assert parse_story(text + "Text.", path=PATH).document.standfirst == "Vale “will stay”."


def test_plain_text_has_a_title_a_byline_and_paragraphs():
    document = read_story(STORIES / "letter.txt").document
    assert document.title == "Lighthouse keeper leaves after forty years"
    assert document.bylines == (Byline("Ada Holm", slug="ada-holm"),)
    assert [block.text.split()[0] for block in document.body] == ["Jonna", "“I"]
    assert document.sources == ()


def test_plain_text_without_blank_lines_has_a_paragraph_a_line():
    lines = ["Quay closes", "By Ada Holm | 4 March 2026", "The long quay closed on Monday. " * 6, "Nobody came."]
    document = parse_story("\n".join(lines), path=Path("a.txt")).document
    assert document.title == "Quay closes"
    assert [block.text for block in document.body] == [line.strip() for line in lines[2:]]


def test_line_that_stops_in_the_middle_of_a_sentence_goes_on_in_the_next():
    text = "Quay closes\n" + "The long quay closed on Monday. " * 6 + "Nobody\ncame.\nNobody called."
    document = parse_story(text, path=Path("a.txt")).document
    assert [block.text.rpartition("Monday. ")[2] for block in document.body] == ["Nobody came.", "Nobody called."]


def test_plain_text_that_starts_with_a_sentence_has_no_title():
    document = parse_story("The quay closed.\n\nNobody came.\n", path=Path("quay.txt")).document
    assert (document.title, document.slug, len(document.body)) == ("", "quay", 2)


def test_markdown_without_front_matter_takes_its_heading_as_title():
    document = parse_story("# The quay closes\n\nNobody came, *nobody*.\n", path=PATH).document
    assert document.title == "The quay closes"
    assert [block.text for block in document.body] == ["Nobody came, nobody."]


def test_sources_are_read_with_what_the_story_says_of_them():
    vale, orne, council = read_sources(read_story(STORIES / "harbour-treaty.md"))
    assert (vale.id, vale.speaker, vale.published) == ("vale", "Mirela Vale", date(2026, 3, 4))
    assert "forty berths" in orne.text
    assert "right\u00a0of way" in council.text


def test_later_version_says_what_it_changed():
    change = "change: correction\nwas_wrong: We said five.\nis_right: It was six.\nfound_by: reader\nseverity: slight\n"
    story = parse_story(f"---\ntitle: T\n{change}---\nSix.\n", path=PATH)
    assert story.change == StoryChange(
        "correction", wrong="We said five.", right="It was six.", found_by="reader", severity="slight"
    )
    assert parse_story(write_story(story.document, change=story.change), path=PATH) == story


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("", None, "the story is empty"),
        (" \n\n", None, "the story is empty"),
        ("---\ntitle: A\n---\n\n", 4, "no text under its front matter"),
        ("---\ntitle: A\n", 1, "is not closed"),
        ("---\nslug: a\n---\nText.", 2, "has no title"),
        ("---\ntitle:\n---\nText.", 2, "has no title"),
        ("---\ntitle: A\ntitel: B\n---\nText.", 3, "the nearest known key is “title”"),
        ("---\ntitle: A\nxyzzy: B\n---\nText.", 3, "the known keys are title, slug"),
        ("---\ntitle: A\ntitle: B\n---\nText.", 3, "stands twice"),
        ("---\nslug: a\ntitle: A: B\n---\nText.", 3, "goes between quotation marks"),
        ("---\ntitle: [A\n---\nText.", 2, "is not valid YAML"),
        ("---\ntitle: &a B\nkicker: *a\n---\nText.", 3, "aliases"),
        ("---\n- a\n---\nText.", 2, "of the form “key: value”"),
        ("---\ntitle: " + "[" * 3000 + "\n---\nText.", 2, "nested too deeply"),
        ("---\ntitle: A\x07\n---\nText.", 2, "a control character (U+0007)"),
        ("---\ntitle: A\ufffe\n---\nText.", 2, "a character that YAML does not allow"),
        ("---\ntitle: A\n---\nOne.\n\nTwo\x1b[2J.", 6, "a control character (U+001B)"),
        ("---\ntitle: A\n---\nOne.\n\nTwo&#13;three.", 6, "a control character (U+000D)"),
        ("---\ntitle: A\u202eb\n---\nText.", 2, "an invisible character (U+202E)"),
        ("---\ntitle:\n  a: b\n---\nText.", 3, "should be text"),
        ("---\ntitle: A\nslug: A b\n---\nText.", 3, "“slug” should be"),
        ("---\ntitle: A\npublished: 2026-03-04T09:30:00\n---\nText.", 3, "has no time zone"),
        ("---\ntitle: A\npublished: 2026-03-04\n---\nText.", 3, "has no time zone"),
        ("---\ntitle: A\npublished: soon\n---\nText.", 3, "should be a date and time"),
        ("---\ntitle: A\nupdated: 2026-13-04T09:30:00Z\n---\nText.", 3, "should be a date and time"),
        ("---\ntitle: A\nstandfirst: B.[^x]\n---\nText.", 3, "“[^x]” in “standfirst” cites a source"),
        ("---\ntitle: A\ntopics: [a, —]\n---\nText.", 3, "no letter or digit to make an address of"),
        ("---\ntitle: A\nchange: mistake\n---\nText.", 3, "should be one of minor change"),
        ("---\ntitle: A\nsources:\n" + ENTRY + ENTRY + "---\nText.", 6, "two sources have the id “vale”"),
        ("---\ntitle: A\nsources:\n  - file: a.txt\n---\nText.", 4, "has no id"),
        ("---\ntitle: A\nsources:\n  - id: a\n    url: https://[x/y\n---\nText.", 5, "a url that is no web address"),
        ("---\ntitle: A\nsources:\n  - id: a b\n    url: x\n---\nText.", 4, "without spaces"),
        ("---\ntitle: A\nsources:\n  - id: a\n---\nText.", 4, "neither a file nor a url"),
        ("---\ntitle: A\nsources:\n  - id: a\n    url: https://x.no\n    date: May\n---\nText.", 6, "like 2026-11-22"),
        ("---\ntitle: A\nsources:\n  - id: a\n    spaeker: x\n---\nText.", 5, "the nearest known key is “speaker”"),
        ("---\ntitle: A\nsources: [a]\n---\nText.", 3, "should be a list of entries"),
        ("---\ntitle: A\nbyline:\n  - role: editor\n---\nText.", 4, "has no name"),
        ("---\ntitle: A\nimages:\n  - file: a.png\n    width: wide\n---\nText.", 5, "a whole number"),
        (HEAD + "Vale said so.[^vael]\n", 8, "did you mean “vale”?"),
        (HEAD + "One.\n\nVale said\nso.[^x]\n", 11, "a source that the story does not have"),
        (HEAD + "> So.\n> — Vale[^x]\n", 9, "a source that the story does not have"),
        (HEAD + "So.[^vale]\n\n[^vale]: A note.\n", 10, "has a text of its own"),
        (HEAD + "So.\n\n:::facts\nOne\n", 10, "has no end"),
        (HEAD + "![]()\n", 8, "has no address"),
        (HEAD + "So.\n\n:::update soon Talks resume\n", 10, "an update begins with its time"),
        ("---\ntitle: A\nlabel: scoop\n---\nText.", 3, "should be one of news"),
        ("---\ntitle: A\nimages:\n  - file: a.png\n    focus: left\n---\nText.", 5, "two per cents"),
    ],
)
def test_unusable_story_is_told_in_one_sentence_with_its_line(text, line, sentence):
    told = error(text)
    assert sentence in told.sentence
    assert told.line == line
    assert str(told).startswith("story.md" if line is None else f"story.md, line {line}: ")
    assert "\n" not in str(told)
    assert str(told)[-1] in ".?"


def test_missing_file_is_told(tmp_path):
    with pytest.raises(StoryError, match="there is no such file"):
        read_story(tmp_path / "absent.md")


def test_folder_is_told(tmp_path):
    with pytest.raises(StoryError, match="a folder, not a story"):
        read_story(tmp_path)


def test_file_in_another_encoding_is_told_with_its_line(tmp_path):
    (tmp_path / "latin.md").write_bytes("# T\n\nFrø\n".encode("latin-1"))
    with pytest.raises(StoryError, match=r"line 3: the file is not UTF-8"):
        read_story(tmp_path / "latin.md")


def test_file_of_another_kind_is_told(tmp_path):
    (tmp_path / "a.html").write_text("<p>A quay.</p>")
    with pytest.raises(StoryError, match="a story is Markdown or plain text"):
        read_story(tmp_path / "a.html")


def test_huge_story_is_told(tmp_path):
    (tmp_path / "long.md").write_text("word " * 250_000)
    with pytest.raises(StoryError, match="bigger than 1 MB"):
        read_story(tmp_path / "long.md")


def written(folder: Path, file: str) -> Path:
    path = folder / "desk" / "story.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\ntitle: T\nsources:\n  - id: a\n    file: {file}\n---\nText.[^a]\n")
    return path


def test_source_that_is_not_there_is_told(tmp_path):
    with pytest.raises(StoryError, match=r"the file absent\.txt of the source “a” is not there"):
        read_story(written(tmp_path, "absent.txt"))


@pytest.mark.parametrize("file", ["/etc/hostname", "../../../etc/hostname", "link/hostname"])
def test_source_outside_the_newsroom_is_refused(tmp_path, file):
    path = written(tmp_path, file)
    (path.parent / "link").symlink_to("/etc")
    with pytest.raises(StoryError, match="lies outside"):
        read_story(path)


def test_source_in_the_folder_beside_the_stories_is_read(tmp_path):
    (tmp_path / "a.txt").write_text("Words.")
    assert read_sources(read_story(written(tmp_path, "../a.txt")))[0].text == "Words."


def test_source_that_cannot_be_read_is_told(tmp_path):
    path = written(tmp_path, "a.exe")
    (path.parent / "a.exe").write_bytes(b"MZ")
    with pytest.raises(StoryError, match=r"the source “a” cannot be read: a\.exe is of a kind"):
        read_sources(read_story(path))


def test_missing_image_is_told(tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: T\n---\n![x](absent.png)\n")
    with pytest.raises(StoryError, match=r"the image absent.png is not there"):
        read_story(tmp_path / "a.md")


@pytest.mark.parametrize("name", ["harbour-treaty.md", "harbour-treaty-faulty.md", "letter.txt"])
def test_writing_and_reading_back_gives_the_same_document(name):
    document = read_story(STORIES / name).document
    assert parse_story(write_story(document), path=PATH).document == document


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab *_[]()<>&;#\\!`~:.-—+=123>“”|^\"'é😀"), max_size=60).map(str.strip))
def test_any_text_of_a_block_survives_writing_and_reading(text):
    line = text or "x"
    body = (Block("p", line), Block("quote", line), Block("h", line), Block("ul", line), Block("ol", line))
    document = Document(title="T", slug="t", body=(*body, Block("facts-title", line), Block("facts", line)))
    assert parse_story(write_story(document), path=PATH).document.body == document.body


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(alphabet="ab *_[]|\\`&1-:#", max_size=9).map(str.strip), min_size=2, max_size=4))
def test_any_cell_of_a_table_survives_writing_and_reading(cells):
    row = "\n".join(cells)
    body = (Block("table-title", "Ships"), Block("row-head", row), Block("row", row), Block("row", row))
    document = Document(title="T", slug="t", body=body)
    assert parse_story(write_story(document), path=PATH).document.body == body


def test_line_break_inside_a_block_survives_writing_and_reading():
    body = (Block("p", "One\n- two"), Block("quote", "One\n# two", speaker="Vale"), Block("ul", "One\ntwo"))
    document = Document(title="T", slug="t", body=body)
    assert parse_story(write_story(document), path=PATH).document.body == body


words = st.text(alphabet="ab c“*_é.", min_size=1, max_size=8)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(words, st.sampled_from(["", "em", "strong", "a"])), min_size=1, max_size=6), st.booleans())
def test_marks_survive_writing_and_reading(parts, is_cited):
    text, marks = "x", []
    for part, kind in parts:
        if kind:
            marks.append(Mark(len(text), len(text) + len(part), kind, "https://a.example/b" if kind == "a" else ""))
            part += "y"  # marks of one kind that touch are one mark in Markdown
        text += part
    text += "z"
    if is_cited:
        marks.append(Mark(len(text), len(text), "source", "vale"))
    sources = (CitedSource("vale", "V", url="https://sund.example"),)
    document = Document(title="T", slug="t", body=(Block("p", text, tuple(marks)),), sources=sources)
    assert parse_story(write_story(document), path=PATH).document.body == document.body


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["", "---\n", "---\ntitle: T\n", HEAD, "---\ntitle: T\n---\n> "]))
def test_no_story_raises_anything_but_a_story_error(text, start):
    for name in ("a.md", "a.txt"):
        with suppress(StoryError):
            assert parse_story(start + text, path=Path(name)).document.body


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Sund’s talks in Łódź", "sunds-talks-in-lodz"),
        ("Frø og fjære", "fro-og-fjaere"),
        ("Гавань", "gavan"),
        ("  A -- b ", "a-b"),
        ("—“”", ""),
    ],
)
def test_slug_is_plain_letters_digits_and_hyphens(name, slug):
    assert slug_of(name) == slug
