"""Who may let a finding stand. The house policy says whose four eyes; this module says no with a sentence.

A story's authors are its owner, the accounts of those who sign it, and whoever wrote or last touched the very words. A
superuser is held to it like anybody. Nobody in particular (`user=None`) is the operator at the command line, who owns
the newsroom's directory and is asked nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from wagtail.models import Revision

from cryptonewshub.accuracy.languages import language_name
from cryptonewshub.accuracy.report import Finding
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.articles.reading import document_of
from cryptonewshub.people.models import Author
from cryptonewshub.quotations.policy import Policy
from cryptonewshub.quotations.vocabulary import Verdict

# What a member of each group is called on the record, the most responsible first.
ROLES = {
    "Editors": "editor",
    "Desk": "checker",
    "Translators": "translator",
    "Moderators": "moderator",
    "Reporters": "reporter",
}

_REVISIONS_READ = 60  # a draft that was saved more often: older writers of the words are no longer looked for


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody may not, in a full sentence."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


def may_clear(
    user: Any, finding: Finding, page: ArticlePage, *, policy: Policy, translator: Author | None = None
) -> Refusal | None:
    """Whether this person may let this finding of this article stand; None is yes."""
    if user is None:
        return None
    return (
        _without_the_right(user, finding)
        or _own_words(user, finding, page, policy)
        or _unread(finding, policy, translator or author_of(user))
    )


def is_grave(finding: Finding, policy: Policy) -> bool:
    """Whether the house wants four eyes on it: it stops the story, by a verdict that the policy names."""
    return finding.severity == "error" and finding.rule in policy.four_eyes


def writers_of(page: ArticlePage, text: str) -> dict[int, str]:
    """The accounts that answer for these words of an article, by key, each with what makes it so."""
    writers = dict.fromkeys(_who_wrote(page, text), "wrote these words")
    writers |= {signed.author.user_id: "sign the story" for signed in page.authors.all() if signed.author.user_id}
    return writers | ({page.owner_id: "began the story"} if page.owner_id else {})


def translators_of(language: str | None) -> list[Author]:
    """The staff who read a language."""
    return [author for author in Author.objects.all() if language is None or author.reads(language)]


def author_of(user: Any) -> Author | None:
    """The byline of an account, where it has one."""
    return Author.objects.filter(user=user).first() if user is not None else None


def role_of(user: Any) -> str:
    """What a person is at the newsroom, in a word that readers may read."""
    if user is None or user.is_superuser:
        return "editor"
    names = set(user.groups.values_list("name", flat=True))
    return next((role for group, role in ROLES.items() if group in names), "staff")


def name_of(user: Any) -> str:
    """What a person is called on the record."""
    return (user.get_full_name() or user.get_username()) if user is not None else "the operator"


def _without_the_right(user: Any, finding: Finding) -> Refusal | None:
    if user.has_perm("accuracy.clear_findings"):
        return None
    if finding.rule == Verdict.TRANSLATED and user.has_perm("accuracy.clear_translations"):
        return None
    return Refusal("Your account may not clear findings. Ask somebody of the desk, or an editor, to look at it.")


def _own_words(user: Any, finding: Finding, page: ArticlePage, policy: Policy) -> Refusal | None:
    how = writers_of(page, finding.text).get(user.pk) if is_grave(finding, policy) else None
    if how is None:
        return None
    return Refusal(f"You {how}, and the house policy wants a second pair of eyes: ask a colleague to clear this.")


def _unread(finding: Finding, policy: Policy, translator: Author | None) -> Refusal | None:
    if finding.rule != Verdict.TRANSLATED or not policy.named_translator:
        return None
    language = language_name(finding.language) if finding.language else "the source’s language"
    if translator is None:
        return Refusal(f"Name who translated this: somebody of the staff whose profile says that they read {language}.")
    if finding.language and not translator.reads(finding.language):
        return Refusal(
            f"{translator.name} reads no {language}, by the profile. Name somebody who does, or complete the profile."
        )
    return None


def _who_wrote(page: ArticlePage, text: str) -> Iterator[int]:
    """Whoever saved the first of the latest revisions that have the words without a break."""
    if page.pk is None:
        return
    newest_first = page.revisions.order_by("-created_at", "-pk").values_list("pk", "created_at", "user_id")
    writer = None
    for revision, saved, user in newest_first[:_REVISIONS_READ]:
        if text not in _words_of(revision, saved.isoformat()):
            break
        writer = user
    if writer is not None:
        yield writer


@lru_cache(maxsize=256)
def _words_of(revision: int, saved: str) -> str:
    """The words of one saved revision; `saved` tells one that was saved over from what it was."""
    page = Revision.objects.get(pk=revision).as_object()
    document = document_of(page)
    return "\n".join([document.title, document.standfirst, *(block.text for block in document.body)])
