"""The moderators' screens: what is in them, who may use them, and that they do what they say."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from cryptonewshub.articles.models import ArticlePage, FrontPage, SectionPage
from cryptonewshub.comments.deciding import flag
from cryptonewshub.comments.models import Ban, Beat, Comment, ErrorReport, State, WordRule
from tests.comments.cast import NOON, say, shown
from tests.comments.conftest import moderator

SCREENS = ("comments_queue", "comments_stories", "comments_rules", "comments_bans", "comments_figures")


def decide(desk: Client, comment: Comment, act: str, **more: str) -> Any:
    address = reverse("comments_decide", args=[comment.pk])
    return desk.post(address, {"act": act, "seen": str(comment.number), **more}, follow=True)


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_opens_with_and_without_comments(desk: Client, story: ArticlePage, screen: str) -> None:
    assert desk.get(reverse(screen)).status_code == 200
    say(story)
    assert desk.get(reverse(screen)).status_code == 200


def test_the_queue_shows_what_waits_and_why(desk: Client, waiting: Comment) -> None:
    page = desk.get(reverse("comments_queue")).content.decode()
    assert "The pier is not safe either." in page
    assert "Written without JavaScript" in page


def test_a_comment_is_shown_beside_the_story_with_the_words_that_it_quotes(desk: Client, story: ArticlePage) -> None:
    comment = say(story, quote="every bolt of that ship")
    page = desk.get(reverse("comments_comment", args=[comment.pk])).content.decode()
    assert "<mark>every bolt of that ship</mark>" in page


def test_approving_goes_on_to_the_next_one(desk: Client, story: ArticlePage) -> None:
    first, second = say(story), say(story, body="Another.")
    answer = decide(desk, first, "approve")
    assert answer.redirect_chain[-1][0].startswith(reverse("comments_comment", args=[second.pk]))
    first.refresh_from_db()
    assert first.state == State.APPROVED
    answer = decide(desk, second, "reject", reason="off-topic", words="About the pier.")
    assert "Nothing waits." in answer.content.decode()
    assert second.decisions.last().words == "About the pier."  # type: ignore[union-attr]


def test_what_readers_flagged_can_be_left_as_it_is(desk: Client, story: ArticlePage) -> None:
    comment = say(story)
    decide(desk, comment, "approve")
    comment.refresh_from_db()
    assert "was not changed" in decide(desk, comment, "approve").content.decode()
    flag(comment.pk, reason="abuse", words="", network="a", limit=0, now=NOON)
    page = desk.get(reverse("comments_comment", args=[comment.pk])).content.decode()
    assert "Leave it as it is" in page
    decide(desk, comment, "approve")
    comment.refresh_from_db()
    assert comment.state == State.APPROVED
    assert not comment.flags.filter(is_settled=False).exists()
    assert "Leave it as it is" not in desk.get(reverse("comments_comment", args=[comment.pk])).content.decode()


def test_a_refusal_without_a_reason_is_not_taken(desk: Client, waiting: Comment) -> None:
    assert "Choose a reason" in decide(desk, waiting, "reject").content.decode()
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


@pytest.mark.parametrize("act", ["receive", "edit", "withdraw", "erase", "nonsense", ""])
def test_what_is_no_moderators_act_is_refused(desk: Client, waiting: Comment, act: str) -> None:
    decide(desk, waiting, act, reason="spam")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.number) == (State.WAITING, 1)


def test_several_are_decided_at_once(desk: Client, story: ArticlePage) -> None:
    comments = [say(story), say(story, body="Another.")]
    chosen = [f"{comment.pk}.{comment.number}" for comment in comments]
    data = {"comment": chosen, "act": "reject", "reason": "spam"}
    page = desk.post(reverse("comments_queue"), data, follow=True).content.decode()
    assert "2 comments rejected." in page
    assert Comment.objects.filter(state=State.REJECTED).count() == 2


@pytest.mark.parametrize("chosen", [[], ["x"], ["1"], ["1.1.1"], ["99999999999999999999.1"], ["'; --.1"]])
def test_a_malformed_choice_changes_nothing(desk: Client, waiting: Comment, chosen: list[str]) -> None:
    good = f"{waiting.pk}.1"
    sent = {"comment": [*chosen, good] if chosen else [], "act": "approve"}
    assert "Choose comments" in desk.post(reverse("comments_queue"), sent, follow=True).content.decode()
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


def test_words_are_found_in_text_and_name(desk: Client, story: ArticlePage) -> None:
    shown(story, "About herring and fog."), shown(story, "About bolts.", name="Herring"), shown(story, "Else.")
    page = desk.get(reverse("comments_queue"), {"show": "all", "q": "herring"}).content.decode()
    assert "fog" in page
    assert "About bolts." in page
    assert "Else." not in page


def test_a_rule_shows_what_it_would_have_caught_before_it_is_made(desk: Client, story: ArticlePage) -> None:
    from django.utils import timezone

    shown(story, "Cheap bolts!", made=timezone.now())
    shown(story, "No such thing.", made=timezone.now())
    preview = desk.get(reverse("comments_rules"), {"kind": "word", "text": "cheap bolts"}).content.decode()
    assert "it would have held 1 comment<" in preview
    assert not WordRule.objects.exists()
    desk.post(reverse("comments_rules"), {"kind": "word", "text": "cheap bolts"})
    assert WordRule.objects.get().text == "cheap bolts"


def test_a_ban_has_a_reason_and_an_end(desk: Client, waiting: Comment) -> None:
    address = reverse("comments_ban", args=[waiting.pk])
    desk.post(address, {"kind": "name", "days": "7", "reason": ""})
    desk.post(address, {"kind": "email", "days": "7", "reason": "Threats."})
    desk.post(address, {"kind": "name", "days": "70000", "reason": "Threats."})
    assert not Ban.objects.exists()
    desk.post(address, {"kind": "name", "days": "7", "reason": "Threats."})
    assert (Ban.objects.get().value, Ban.objects.get().reason) == ("edda", "Threats.")


def test_who_moderates_nothing_sees_nothing(story: ArticlePage, waiting: Comment) -> None:
    dov = User.objects.create_user("dov")
    reporters = Group.objects.create(name="Some reporters")
    from django.contrib.auth.models import Permission

    reporters.permissions.add(Permission.objects.get(codename="access_admin"))
    dov.groups.add(reporters)
    client = Client()
    client.force_login(dov)
    for screen in SCREENS:
        assert client.get(reverse(screen)).status_code == 403
    assert decide(client, waiting, "approve").status_code == 403
    assert client.get(reverse("comments_reports")).status_code == 403


def test_a_moderator_of_another_section_is_refused_everywhere(story: ArticlePage, waiting: Comment) -> None:
    ben = moderator("ben", "Energy moderators")
    section = SectionPage(title="Energy", slug="energy")
    FrontPage.objects.get().add_child(instance=section)
    Beat.objects.create(group=ben.groups.get(), section=section)
    report = ErrorReport.objects.create(article=story, version=1, words="Wrong.", made=NOON)
    client = Client()
    client.force_login(ben)
    assert "The pier" not in client.get(reverse("comments_queue")).content.decode()
    assert client.get(reverse("comments_comment", args=[waiting.pk])).status_code == 403
    for name in ("comments_decide", "comments_note", "comments_ban"):
        sent = {"act": "approve", "seen": "1", "note": "x", "kind": "name", "days": "7", "reason": "x"}
        assert client.post(reverse(name, args=[waiting.pk]), sent).status_code == 403, name
    bulk = {"comment": f"{waiting.pk}.1", "act": "approve"}
    assert client.post(reverse("comments_queue"), bulk).status_code == 403
    assert client.get(reverse("comments_report", args=[report.pk])).status_code == 403
    waiting.refresh_from_db()
    assert (waiting.state, waiting.number) == (State.WAITING, 1)
    assert not Ban.objects.exists()


def test_a_moderator_of_this_section_may(story: ArticlePage, waiting: Comment) -> None:
    ben = moderator("ben", "Security moderators")
    Beat.objects.create(group=ben.groups.get(), section=SectionPage.objects.get(slug="security"))
    client = Client()
    client.force_login(ben)
    decide(client, waiting, "approve")
    waiting.refresh_from_db()
    assert waiting.state == State.APPROVED


def test_a_report_ends_with_an_answer_and_the_version_that_corrected_it(
    desk: Client, story: ArticlePage, correct: Any, django_capture_on_commit_callbacks: Any
) -> None:
    report = ErrorReport.objects.create(
        article=story,
        version=1,
        passage="every bolt of that ship",
        words="Wrong.",
        made=NOON,
        name="Gro",
        wants_credit=True,
    )
    address = reverse("comments_report", args=[report.pk])
    assert "<mark>every bolt of that ship</mark>" in desk.get(address).content.decode()
    page = desk.post(address, {"outcome": "corrected"}, follow=True).content.decode()
    assert "Choose the version in which the error was corrected." in page
    with django_capture_on_commit_callbacks(execute=True):
        correct()
    desk.post(address, {"outcome": "corrected", "version": "2", "answer": "Thank you."})
    report.refresh_from_db()
    assert report.edition is not None
    assert (report.outcome, report.edition.version, report.finder) == ("corrected", 2, "Gro")
