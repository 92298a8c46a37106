"""Comments from elsewhere, and out again: each once, with what is hostile turned into text."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.deciding import Who, decide
from cryptonewshub.comments.exporting import export_lines
from cryptonewshub.comments.importing.shape import UnreadableExportError, text_of_html
from cryptonewshub.comments.importing.taking_in import import_file
from cryptonewshub.comments.models import Act, Address, Comment
from tests.comments.cast import NOON, say, shown

WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>Ferry</title>
<link>https://old.example.org/2026/03/ferry-runs-again/</link><wp:post_id>7</wp:post_id>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author><![CDATA[Edda]]></wp:comment_author>
<wp:comment_author_email>edda@example.org</wp:comment_author_email>
<wp:comment_author_IP>203.0.113.7</wp:comment_author_IP>
<wp:comment_date_gmt>2026-03-03 10:00:00</wp:comment_date_gmt>
<wp:comment_content><![CDATA[First <a href="https://example.org/x" onclick="alert(1)">here</a>.<script>alert(1)</script>

Second &amp; last.]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved>
<wp:comment_type>comment</wp:comment_type>
<wp:comment_parent>0</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_author>Finn</wp:comment_author>
<wp:comment_date_gmt>2026-03-03 11:00:00</wp:comment_date_gmt><wp:comment_content>An answer.</wp:comment_content>
<wp:comment_approved>1</wp:comment_approved>
<wp:comment_type></wp:comment_type><wp:comment_parent>1</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>3</wp:comment_id><wp:comment_author>Bot</wp:comment_author>
<wp:comment_date_gmt>2026-03-03 12:00:00</wp:comment_date_gmt><wp:comment_content>Buy</wp:comment_content>
<wp:comment_approved>spam</wp:comment_approved>
<wp:comment_type></wp:comment_type><wp:comment_parent>0</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>4</wp:comment_id><wp:comment_author>Blog</wp:comment_author>
<wp:comment_date_gmt>2026-03-03 12:00:00</wp:comment_date_gmt><wp:comment_content>ping</wp:comment_content>
<wp:comment_approved>1</wp:comment_approved>
<wp:comment_type>pingback</wp:comment_type></wp:comment>
</item></channel></rss>"""

DISQUS = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><id /><link>https://old.example.org/security/ferry-runs-again/</link></thread>
<thread dsq:id="2"><id /><link>https://old.example.org/elsewhere/</link></thread>
<post dsq:id="10"><message><![CDATA[<p>One.</p><p>Two <br/>three.</p>]]></message>
<createdAt>2026-03-03T10:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam>
<author><name>Edda</name></author><thread dsq:id="1" /></post>
<post dsq:id="11"><message><![CDATA[<p>Reply.</p>]]></message>
<createdAt>2026-03-03T11:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam>
<author><name>Finn</name></author><thread dsq:id="1" /><parent dsq:id="10" /></post>
<post dsq:id="12"><message><![CDATA[<p>Lost.</p>]]></message>
<createdAt>2026-03-03T11:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam>
<author><name>Finn</name></author><thread dsq:id="2" /></post>
</disqus>"""


def _write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_wordpress_export_is_taken_in_once(story: ArticlePage, tmp_path: Path) -> None:
    file = _write(tmp_path, "export.xml", WXR)
    assert import_file(file).taken == 3
    again = import_file(file)
    assert (again.taken, again.known) == (0, 3)
    edda, finn, bot = Comment.objects.order_by("made")
    assert edda.body == "First here (https://example.org/x).\n\nSecond & last."
    assert (edda.state, finn.parent, bot.state) == ("approved", edda, "rejected")
    assert "203.0.113" not in str(Comment.objects.values())
    assert Address.objects.get().confirmed is None
    assert [line.who for line in edda.decisions.all()] == ["the import"]


def test_a_disqus_export_is_taken_in_and_what_has_no_story_is_counted(story: ArticlePage, tmp_path: Path) -> None:
    tally = import_file(_write(tmp_path, "disqus.xml", DISQUS))
    assert (tally.taken, dict(tally.left_out)) == (2, {"no story of ours has its address": 1})
    first, reply = Comment.objects.order_by("made")
    assert first.body == "One.\n\nTwo\nthree."
    assert reply.parent == first


def test_isso_is_taken_in_from_its_database_and_its_json(story: ArticlePage, tmp_path: Path) -> None:
    file = tmp_path / "comments.db"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR, title VARCHAR)")
        database.execute(
            "CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent, created FLOAT, modified, mode INTEGER,"
            " remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR, website VARCHAR)"
        )
        database.execute("INSERT INTO threads VALUES (1, '/security/ferry-runs-again/', 'Ferry')")
        row = "INSERT INTO comments VALUES (1, ?, ?, ?, NULL, ?, '203.0.113.7', ?, ?, NULL, NULL)"
        database.execute(row, (1, None, 1772532000.0, 1, "A comment.", "Edda"))
        database.execute(row, (2, 1, 1772532001.0, 2, "An answer.", None))
    assert import_file(file).taken == 2
    assert [comment.state for comment in Comment.objects.order_by("made")] == ["approved", "waiting"]
    thread = {
        "id": "/security/ferry-runs-again/",
        "title": "Ferry",
        "comments": [{"id": 9, "author": "Gro", "text": "From JSON.", "created": "2026-03-03 10:00:00"}],
    }
    assert import_file(_write(tmp_path, "isso.json", json.dumps([thread]))).taken == 1


def _exported(folder: Path) -> Path:
    return _write(folder, "out.json", "".join(export_lines()))


def test_what_goes_out_can_come_in_again_elsewhere(story: ArticlePage, tmp_path: Path, settings: Any) -> None:
    first = say(story, email="edda@example.org", quote="every bolt of that ship")
    decide(first.pk, Act.APPROVE, who=Who("cleo"), now=NOON)
    shown(story, "An answer with “marks” and <tags>.", parent=first)
    text = "".join(export_lines())
    whole = json.loads(text)
    assert [comment["body"] for comment in whole["comments"]] == [first.body, "An answer with “marks” and <tags>."]
    assert [line["act"] for line in whole["decisions"]] == ["receive", "approve"]
    assert "token" not in text
    assert "network" not in text
    file = _write(tmp_path, "out.json", text)
    settings.CNH_BASE_URL = "https://elsewhere.example"  # where other comments have the same numbers
    assert import_file(file).taken == 2
    copies = Comment.objects.exclude(origin=None).order_by("pk")
    assert [copy.body for copy in copies] == [comment["body"] for comment in whole["comments"]]
    assert [copy.quote for copy in copies] == ["every bolt of that ship", ""]
    assert copies[1].parent == copies[0]
    assert import_file(file).taken == 0


def test_a_newsroom_takes_nothing_of_its_own_export_twice(story: ArticlePage, tmp_path: Path) -> None:
    import_file(_write(tmp_path, "export.xml", WXR))
    edda = Comment.objects.get(name="Edda")
    answer = shown(story, "Which one?", parent=edda)
    shown(story, "That one.", parent=answer)
    before = list(Comment.objects.order_by("pk").values())
    again = import_file(_exported(tmp_path))
    assert (again.taken, again.known, sum(again.left_out.values())) == (0, 5, 0)
    assert list(Comment.objects.order_by("pk").values()) == before


def test_an_answer_that_was_lost_finds_what_it_answers(story: ArticlePage, tmp_path: Path) -> None:
    edda = shown(story, "First.", origin="wordpress:1")
    answer = shown(story, "Which one?", parent=edda)
    lost = shown(story, "That one.", parent=answer)
    file = _exported(tmp_path)
    lost.delete()
    assert (import_file(file).taken, import_file(file).taken) == (1, 0)
    assert Comment.objects.get(body="That one.").parent == answer


def test_an_answer_finds_what_came_from_elsewhere_in_another_newsroom_too(
    story: ArticlePage, tmp_path: Path, settings: Any
) -> None:
    edda = shown(story, "First.", origin="wordpress:1")
    shown(story, "Which one?", parent=edda)
    file = _exported(tmp_path)
    Comment.objects.filter(parent=edda).delete()
    edda.delete()
    settings.CNH_BASE_URL = "https://elsewhere.example"
    assert import_file(file).taken == 2
    assert Comment.objects.get(body="Which one?").parent == Comment.objects.get(origin="wordpress:1")


def test_after_a_loss_a_number_that_another_comment_has_by_now_is_no_hindrance(
    story: ArticlePage, tmp_path: Path
) -> None:
    lost = shown(story, "What was lost.")
    shown(story, "An answer to it.", parent=lost)
    file = _exported(tmp_path)
    numbers = list(Comment.objects.order_by("pk").values_list("pk", flat=True))
    Comment.objects.filter(body="An answer to it.").delete()
    lost.delete()
    for number in numbers:
        shown(story, "Written since.", pk=number, made=NOON + timedelta(days=1))
    assert import_file(file).taken == 2
    assert import_file(file).known == 2
    lost = Comment.objects.get(body="What was lost.")
    assert (lost.made, lost.pk in numbers) == (NOON, False)
    assert Comment.objects.get(body="An answer to it.").parent == lost
    assert Comment.objects.filter(body="Written since.", parent=None).count() == 2


def test_a_number_that_was_given_twice_names_two_comments_elsewhere(
    story: ArticlePage, tmp_path: Path, settings: Any
) -> None:
    lost = shown(story, "What was lost.")
    file, number = _exported(tmp_path), lost.pk
    lost.delete()
    shown(story, "Written since.", pk=number, made=NOON + timedelta(days=1))
    assert import_file(file).taken == 1
    shown(story, "An answer.", parent_id=number, made=NOON + timedelta(days=2))
    file = _exported(tmp_path)
    assert import_file(file).known == 3
    settings.CNH_BASE_URL = "https://elsewhere.example"
    Comment.objects.filter(body="What was lost.").update(origin="aside")
    assert import_file(file).taken == 3
    answer = Comment.objects.get(body="An answer.", origin__isnull=False)
    assert answer.parent == Comment.objects.get(body="Written since.", origin__isnull=False)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><rss>wordpress.org/export &a;</rss>"),
        ("a.xml", "<rss>wordpress.org/export" + "<item>" * 100_000),
        ("a.xml", "<rss>wordpress.org/export<item></rss>"),
        ("a.xml", "<x/>"),
        ("a.json", "[" * 100_000),
        ("a.json", '[{"id": "/x/", "comments": [{"id": 1}]}]'),
        ("a.json", '[{"id": "/x/", "comments": 5}]'),
        ("a.json", '{"format": "cryptonewshub comments", "comments": [{"state": "new"}], "site": 1}'),
        ("a.db", "SQLite format 3\0 and then nothing of the kind"),
        ("a", ""),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(db: None, tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(UnreadableExportError):
        import_file(_write(tmp_path, name, text))
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain &amp; simple", "plain & simple"),
        ("<b>a</b><style>x</style><!-- c --> d", "a d"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ("<<img src=x onerror=alert(1)>", "<"),
        ("5 <\x01 6 and\x0c<b>7\x1f</b>", "5 <  6 and 7"),
        ("<p>\ud800a\uffffb</p>", "a b"),
        ("a\0<b>b</b>\tc", "a b\tc"),
        ("&#1;<b>x</b>", "x"),
        ("<b>x</b><br>&#x1F;y&#00000012z &#65535; &#xFFFE &#x10;", "x\ny z"),
        ("<b>&#10;&#16a&#160;&#x1fa;&#x1F600;</b>", "a\u00a0\u01fa😀"),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    assert text_of_html(markup) == text
