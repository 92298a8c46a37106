"""Letters: to confirmed addresses only, in one line of subject, by a real mail server; and links that do one thing."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client
from django.utils import timezone

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.appealing import answer
from cryptonewshub.comments.deciding import Who, decide
from cryptonewshub.comments.digest import send_digest
from cryptonewshub.comments.letters import WAITS, _take, leave_address, post_letters
from cryptonewshub.comments.links import link, read_link
from cryptonewshub.comments.models import Act, Address, Appeal, Comment, CommentPolicy, ErrorReport, Letter, Outcome
from cryptonewshub.comments.reports import close_report
from tests.comments.cast import NOON, say, send, shown

EDDA = "edda@example.org"
BAD_INPUTS = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "bad-inputs" / "own"
OURS = [
    "a\r\nBcc: x@evil.example",
    "a\nBcc: x@evil.example",
    "a\rb",
    "a%0d%0aBcc:x",
    "a\u2028Bcc: x",
    "a\0b",
    "=?utf-8?q?a=0ABcc?=",
]


class Post:
    """A mail server on this machine, and what it was given."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []
        self.callers: list[tuple[str, int]] = []  # of each mail; a connection has its own
        self.most = 0  # mails that are taken in one connection, or 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append((envelope.rcpt_tos, mail))
        self.callers.append(session.peer)
        return "250 OK"

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.most and self.callers.count(session.peer) >= self.most:
            return "421 Too many in one connection"
        envelope.mail_from = address
        return "250 OK"

    def deliver(self) -> list[EmailMessage]:
        """Sends what is due, and returns what has arrived since the last time."""
        self.mails.clear()
        post_letters(timezone.now() + timedelta(minutes=1))
        return [mail for _, mail in self.mails]


@pytest.fixture
def post_office(settings: Any) -> Iterator[Post]:
    post = Post()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield post
    controller.stop()


def confirmed(email: str = EDDA) -> Address:
    return Address.objects.update_or_create(email=email, defaults={"made": NOON, "confirmed": NOON})[0]


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_content())


def address_in(text: str) -> str:
    """The address under /comments/ that a letter asks its reader to open."""
    return next(line for line in text.splitlines() if "/comments/post/" in line).partition("localhost:8000")[2].strip()


def test_an_address_is_asked_first_and_gets_nothing_else_before_it_says_yes(
    story: ArticlePage, post_office: Post
) -> None:
    comment = say(story, email=EDDA)
    decide(comment.pk, Act.REJECT, who=Who("cleo"), now=NOON, reason="spam")
    (asked,) = post_office.deliver()
    assert (asked["to"], "Is this your address?" in asked["subject"]) == (EDDA, True)
    opened = address_in(text_of(asked))
    assert "Yes, it is mine" in Client().get(opened).content.decode()
    assert Address.objects.get().confirmed is None
    Client().post(opened)
    assert Address.objects.get().confirmed is not None


def test_the_same_address_is_asked_once_a_day(story: ArticlePage, post_office: Post) -> None:
    for hours in (0, 1, 23):
        leave_address(EDDA, NOON + timedelta(hours=hours))
    assert len(post_office.deliver()) == 1
    leave_address(EDDA, NOON + timedelta(hours=25))
    assert len(post_office.deliver()) == 1


def test_a_refusal_is_explained_and_can_be_objected_to(story: ArticlePage, post_office: Post, cleo: Any) -> None:
    confirmed()
    comment = say(story, email=EDDA)
    decide(comment.pk, Act.REJECT, who=Who("cleo"), now=NOON, reason="off-topic", words="The pier is another matter.")
    (explained,) = post_office.deliver()
    text = text_of(explained)
    assert "It is about something else than the story. The pier is another matter." in text
    assert "    The pier is not safe either." in text
    assert "the decision was a person’s" in text
    objected = Client().post(address_in(text), {"words": "The pier is in paragraph three."})
    assert "You objected" in objected.content.decode()
    answer(Appeal.objects.get().pk, is_upheld=True, words="You are right.", user=cleo, now=NOON)
    (answered,) = post_office.deliver()
    assert "Your comment is shown now." in text_of(answered)
    assert Comment.objects.get().is_shown


def test_an_answer_is_told_to_whom_it_answers_and_to_followers_once(story: ArticlePage, post_office: Post) -> None:
    parent = say(story, email=confirmed().email, wants_replies="1")
    decide(parent.pk, Act.APPROVE, who=Who("cleo"), now=NOON)
    follower = confirmed("finn@example.org")
    follower.followings.create(article=story, made=NOON)
    Address.objects.get(email=EDDA).followings.create(article=story, made=NOON)
    reply = say(story, name="Gro", body="Is it?", parent=parent.pk, sender="198.51.100.1")
    decide(reply.pk, Act.APPROVE, who=Who("cleo"), now=NOON)
    mails = {str(mail["to"]): mail for mail in post_office.deliver()}
    assert mails.keys() == {EDDA, "finn@example.org"}
    assert "Gro answered your comment:" in text_of(mails[EDDA])
    assert "Gro wrote:" in text_of(mails["finn@example.org"])
    assert mails[EDDA]["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    stop = str(mails["finn@example.org"]["list-unsubscribe"]).strip("<>").partition("localhost:8000")[2]
    Client().get(stop)
    assert follower.followings.exists()
    Client().post(stop)
    assert not follower.followings.exists()


def test_a_correction_is_told_to_whoever_commented_on_the_earlier_text(
    story: ArticlePage, correct: Callable[[], ArticlePage], post_office: Post
) -> None:
    shown(story, address=confirmed())
    correct()
    (told,) = post_office.deliver()
    assert "was corrected" in told["subject"]
    assert "The fares were wrong. They are right." in text_of(told)


def test_a_report_is_answered(story: ArticlePage, post_office: Post, cleo: Any) -> None:
    report = ErrorReport.objects.create(article=story, version=1, words="Wrong.", made=NOON, address=confirmed())
    close_report(report, Outcome.RIGHT, answer="The transcript says eleven.", user=cleo, now=NOON)
    (answered,) = post_office.deliver()
    assert "think that the story is right" in text_of(answered)
    assert "The transcript says eleven." in text_of(answered)


def test_what_is_kept_is_shown_and_erased_to_whoever_reads_the_mail(story: ArticlePage, post_office: Post) -> None:
    comment = say(story, email=confirmed().email)
    unknown = Client().post("/comments/data/", {"email": "nobody@example.org"}).content
    assert Client().post("/comments/data/", {"email": EDDA}).content == unknown
    (letter,) = post_office.deliver()
    page = Client().get(address_in(text_of(letter))).content.decode()
    assert "The pier is not safe either." in page
    erasing = address_in(text_of(letter)).replace("/mine/", "/erase-names/")
    assert "Nothing was erased" in Client().get(erasing).content.decode()
    Client().post(erasing)
    comment.refresh_from_db()
    assert (comment.name, comment.body, comment.address) == ("A reader", "The pier is not safe either.", None)
    assert not Address.objects.exists()
    assert Client().get(erasing).status_code == 404


def test_everything_is_erased_on_request(story: ArticlePage) -> None:
    comment = shown(story, address=confirmed())
    Client().post(link("mine", Address.objects.get().pk).replace("/mine/", "/erase-all/"))
    comment.refresh_from_db()
    assert (comment.state, comment.body, comment.name) == ("withdrawn", "", "A reader")


def test_a_link_does_one_thing_for_one_reader_and_some_for_a_time(time_machine: Any) -> None:
    time_machine.move_to(NOON)
    token = link("confirm", 5).split("/")[-2]
    assert read_link("confirm", token) == (5,)
    assert read_link("appeal", token) is None
    assert read_link("confirm", token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    time_machine.move_to(NOON + timedelta(days=8))
    assert read_link("confirm", token) is None


def test_a_mail_server_that_is_down_loses_nothing(story: ArticlePage, settings: Any, post_office: Post) -> None:
    leave_address(EDDA, NOON)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert post_letters(NOON) == 0
    assert Letter.objects.get().due == NOON + timedelta(minutes=WAITS[0])
    settings.EMAIL_PORT = port
    assert post_letters(NOON) == 0
    assert post_letters(NOON + timedelta(minutes=2)) == 1
    assert not Letter.objects.exists()


def test_the_letters_of_a_round_go_through_one_connection(story: ArticlePage, post_office: Post) -> None:
    for reader in range(5):
        leave_address(f"r{reader}@example.org", NOON)
    assert sorted(str(mail["to"]) for mail in post_office.deliver()) == [f"r{n}@example.org" for n in range(5)]
    assert len(set(post_office.callers)) == 1


def test_a_mail_server_that_breaks_off_costs_the_letter_that_it_broke_off_and_no_other(
    story: ArticlePage, post_office: Post
) -> None:
    for reader in range(5):
        leave_address(f"r{reader}@example.org", NOON)
    post_office.most = 2
    assert len(post_office.deliver()) == 4  # two, one that is tried again, two
    assert Letter.objects.get().tries == 1


def test_a_letter_is_sent_by_the_process_that_takes_it(story: ArticlePage, post_office: Post) -> None:
    leave_address(EDDA, NOON)
    seen_by_two = Letter.objects.get()
    assert _take(NOON, seen_by_two)
    assert not _take(NOON, seen_by_two)
    assert post_letters(NOON) == 0
    # The one who took it died with it.
    assert post_letters(NOON + timedelta(minutes=11)) == 1
    assert len(post_office.mails) == 1


def test_a_letter_that_cannot_be_sent_is_given_up_in_the_end(story: ArticlePage, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    leave_address(EDDA, NOON)
    for day in range(len(WAITS) + 1):
        post_letters(NOON + timedelta(days=day))
    assert not Letter.objects.exists()


def test_the_digest_goes_out_once_a_day(waiting: Comment, post_office: Post) -> None:
    made = CommentPolicy.load()
    made.digest_to = "cleo@example.org, ben@example.org"
    made.save()
    assert [send_digest(NOON + timedelta(minutes=minutes)) for minutes in (0, 5)] == [True, False]
    mails = post_office.deliver()
    assert [str(mail["to"]) for mail in mails] == ["cleo@example.org", "ben@example.org"]
    assert "Comments: 1 waiting" in mails[0]["subject"]


def _hostile() -> list[str]:
    file = BAD_INPUTS / "header_injection.jsonl"
    if not file.exists():
        return []
    return sorted({str(json.loads(line)["value"]) for line in file.read_text(encoding="utf-8").splitlines()})


def _send_everywhere(story: ArticlePage, values: list[str], post_office: Post) -> None:
    """Through every field near a mail: each mail has the recipient that it should have, and no other header."""
    headline = story.title
    for number, value in enumerate(values):
        client, sender = Client(REMOTE_ADDR=f"10.{number // 250}.{number % 250}.1"), f"r{number}@example.org"
        confirmed(sender)
        address = f"/comments/write/{story.article_id}/"
        client.post(address, {"name": value, "body": f"A {number}", "email": sender, "wants_replies": "1"})
        client.post(address, {"name": "Edda", "body": f"{value} {number}", "email": sender, "wants_replies": "1"})
        client.post(address, {"name": "Edda", "body": f"B {number}", "email": value})
        client.post(f"/comments/error/{story.article_id}/", {"words": value, "name": value, "email": sender})
    for comment in list(Comment.objects.filter(state="waiting")):
        parent = Comment.objects.filter(address__isnull=False).first()
        Comment.objects.filter(pk=comment.pk).update(parent=parent if parent != comment else None)
        decide(comment.pk, Act.APPROVE, who=Who("cleo"), now=NOON)
        decide(comment.pk, Act.HIDE, who=Who("cleo"), now=NOON, reason="other", words=comment.body)
    expected = set(Address.objects.values_list("email", flat=True))
    assert not [email for email in expected if any(mark in email for mark in "\r\n, <>")]
    mails = post_office.deliver()
    assert mails
    for recipients, mail in post_office.mails:
        assert len(recipients) == 1
        assert recipients[0] in expected
        assert not {"bcc", "cc"} & {name.lower() for name in mail}
        assert headline in mail["subject"] or "your address" in mail["subject"]


def test_no_words_of_a_reader_reach_a_header(story: ArticlePage, post_office: Post) -> None:
    _send_everywhere(story, OURS, post_office)


@pytest.mark.shared
def test_no_collected_words_reach_a_header(story: ArticlePage, post_office: Post) -> None:
    values = _hostile()
    if not values:
        pytest.skip("The collected strings are not beside the project.")
    _send_everywhere(story, values[:60], post_office)


def test_the_token_of_a_comment_is_in_no_letter(story: ArticlePage, post_office: Post) -> None:
    confirmed()
    written = send(story, email=EDDA)
    decide(written.comment.pk, Act.REJECT, who=Who("cleo"), now=NOON, reason="spam")
    assert all(written.token not in text_of(mail) for mail in post_office.deliver())
