"""What the desk keeps: clearances, the versions of the house policy, approvals, and why a story is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from wagtail.models import AbstractGroupApprovalTask, TaskState

from cryptonewshub.accuracy.append_only import AppendOnly
from cryptonewshub.articles.doors import PublishBlocked, doors
from cryptonewshub.articles.fingerprint import fingerprint
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.people.models import Author
from cryptonewshub.sources.models import Source


class Clearance(AppendOnly):
    """Somebody with the right says why a finding of this rule, on exactly these words of this speaker, may stand.

    Who and what the person was are kept as they were, whatever becomes of the account. `public_note` is what readers
    may be told, '' where the house policy of that day keeps the reason inside. `noticed` is when the desk first had the
    finding, as far as it is known.
    """

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="clearances")
    rule = models.CharField(max_length=60)
    text = models.TextField(help_text="The words that the finding is about.")
    speaker = models.CharField(max_length=255, blank=True, help_text="Whom the story gave the words to.")
    reason = models.TextField()
    public_note = models.TextField(blank=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=160, default="the operator", help_text="Who cleared it, as called then.")
    role = models.CharField(max_length=60, default="editor", help_text="What the person was at the newsroom.")
    translator = models.ForeignKey(Author, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    noticed = models.DateTimeField(null=True, blank=True)
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["made", "pk"]
        indexes: ClassVar = [models.Index(fields=["article", "rule"])]
        permissions: ClassVar = [
            ("clear_findings", "Can clear findings of the desk"),
            ("clear_translations", "Can sign translations off"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"


class Withdrawal(AppendOnly):
    """A clearance that no longer holds because somebody took it back, or gave another in its place."""

    clearance = models.OneToOneField(Clearance, on_delete=models.CASCADE, related_name="withdrawal")
    reason = models.TextField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=160)
    made = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Withdrawn: {self.reason}"


class HousePolicy(AppendOnly):
    """One version of the house policy. `document` is what readers read: canonical JSON; `sha256` in hex."""

    version = models.PositiveIntegerField(unique=True)
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    why = models.TextField("why it changes", help_text="Shown to readers.")
    adopted = models.DateTimeField()
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=160, help_text="Who adopted it, as called then.")

    class Meta:
        ordering: ClassVar = ["-version"]
        verbose_name = "house policy"
        verbose_name_plural = "house policies"

    def __str__(self) -> str:
        return f"House policy, version {self.version}"


class Hold(models.Model):
    """Why a story was not published when somebody, or its schedule, wanted it out. Open until it is.

    `reasons` is a sentence a line. `was_due` is the time that it had been set for, where it was held by its schedule.
    """

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="holds")
    reasons = models.TextField()
    since = models.DateTimeField()
    last_tried = models.DateTimeField()
    was_due = models.DateTimeField(null=True, blank=True)
    released = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-last_tried"]
        verbose_name = "held story"
        verbose_name_plural = "held stories"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(released=None), name="one_open_hold_an_article"
            ),
        ]

    def __str__(self) -> str:
        return self.reasons


class DeskCheckState(TaskState):
    """One passage of a story through the desk. `fingerprint` is of the text that was approved."""

    fingerprint = models.CharField(max_length=64, blank=True, db_index=True)
    if TYPE_CHECKING:
        revision: Any

    @transaction.atomic
    def approve(self, user: Any = None, update: bool = True, comment: str = "") -> DeskCheckState:
        """Approves the text as it stands, and none other.

        Raises PublishBlocked while findings stop it. An earlier step that approved another text is asked again.
        """
        self._take_own_changes(user)
        page = self.revision.as_object()
        reasons = doors.reasons(page, at=None, step="check")
        if reasons:
            raise PublishBlocked("\n".join(reasons), page=page.pk)
        self.fingerprint = fingerprint(page)
        self._weigh_earlier_approvals()
        super().approve(user=user, update=update, comment=comment)
        return self

    def _take_own_changes(self, user: Any) -> None:
        """Whoever changes the text and approves it has read what it says now; somebody else's change is unseen."""
        newest = self.workflow_state.content_object.get_latest_revision()
        if newest != self.revision and user is not None and newest.user_id == user.pk:
            self.revision = newest

    def _weigh_earlier_approvals(self) -> None:
        """An approval of the same text holds for this revision too; one of another text is forgotten."""
        earlier = DeskCheckState.objects.filter(workflow_state=self.workflow_state, status=self.STATUS_APPROVED)
        for approval in earlier:
            if approval.fingerprint == self.fingerprint:
                approval.revision = self.revision
            else:
                approval.status = self.STATUS_CANCELLED
                approval.comment = "The text was changed after this approval."
            approval.save()


class DeskCheckTask(AbstractGroupApprovalTask):
    """A step of a workflow that approves the very text that goes out, and none while the desk has findings."""

    task_state_class = DeskCheckState

    class Meta:
        verbose_name = "desk check"
        verbose_name_plural = "desk checks"

    @classmethod
    def get_description(cls) -> str:
        return "Members of the chosen groups approve the story as it stands; nobody can while findings stop it"


class DraftCheck(models.Model):
    """What the desk last said of an article's newest draft, kept so that reports need not ask it again.

    `saved` is when that draft was saved and `policy` the digest that it was checked under: with either out of date, so
    is the row. Replaced whole at every check.
    """

    article = models.OneToOneField(ArticlePage, on_delete=models.CASCADE, related_name="desk_check")
    saved = models.DateTimeField()
    checked = models.DateTimeField(db_index=True)
    policy = models.CharField(max_length=64)
    authors = models.ManyToManyField(Author, related_name="+")

    def __str__(self) -> str:
        return f"{self.article}: checked {self.checked}"


class DraftFinding(models.Model):
    """A finding of the last check. `noticed` is when the desk first had it, in whichever check that was."""

    check_of = models.ForeignKey(DraftCheck, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=60, db_index=True)
    severity = models.CharField(
        max_length=10, choices=[("error", "stops the story"), ("warning", "is asked about"), ("note", "worth a look")]
    )
    text = models.TextField("words")
    speaker = models.CharField(max_length=255, blank=True)
    message = models.TextField()
    is_cleared = models.BooleanField(default=False)
    noticed = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["noticed", "pk"]
        verbose_name = "finding"

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}"


class DraftQuotation(models.Model):
    """A quotation of the last check, and the source that it was traced to."""

    check_of = models.ForeignKey(DraftCheck, on_delete=models.CASCADE, related_name="quotations")
    source = models.ForeignKey(Source, on_delete=models.CASCADE)
    verdict = models.CharField(max_length=30)
    is_blocking = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.verdict} in {self.source}"
