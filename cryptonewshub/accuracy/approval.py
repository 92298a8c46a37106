"""Approvals: somebody read the story as it stands and let it go on. An approval is of a fingerprint, and of no other.

The workflow publishes what was approved or nothing. Where the house policy wants an approval first, so does every other
road.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import Revision, Task, TaskState, WorkflowState

from cryptonewshub.accuracy.house_policy import current_policy
from cryptonewshub.accuracy.models import DeskCheckState
from cryptonewshub.articles.doors import PublishBlocked
from cryptonewshub.articles.fingerprint import fingerprint
from cryptonewshub.articles.models import ArticlePage

CHANGED = "The text was changed after it was approved. Submit it again, so that the desk reads what goes out."
UNSEEN = "The house policy wants every story approved as it stands, and nobody has approved this text. Submit it."


def publish_approved(workflow: WorkflowState, user: Any = None) -> None:
    """What a finished workflow does: it publishes the newest draft, if that is the text that was approved.

    Raises PublishBlocked, with CHANGED, for any other; then the approval is undone with the rest of the request.
    """
    page = workflow.content_object
    revision = page.get_latest_revision()
    if is_changed_since(revision):
        raise PublishBlocked(CHANGED, page=page.pk)
    revision.publish(user=_publisher(workflow, page, user))


def is_changed_since(revision: Revision) -> bool:
    """Whether the desk approved this revision and it says something else now: one can be saved over in place."""
    pins = set(_approvals().filter(revision=revision).values_list("fingerprint", flat=True))
    return bool(pins) and pins != {fingerprint(revision.as_object())}


def not_approved(page: ArticlePage) -> list[str]:
    """The sentence against a text that nobody approved, where the house policy wants every text approved."""
    if not current_policy().approval_first:
        return []
    of_it = _approvals().filter(workflow_state__object_id=str(page.pk), fingerprint=fingerprint(page))
    return [] if page.pk and of_it.exists() else [UNSEEN]


def is_last_step(page: ArticlePage) -> bool:
    """Whether the next approval in the article's workflow would publish it."""
    state = page.current_workflow_state if page.pk else None
    if state is None or state.current_task_state is None:
        return False
    last = Task.objects.filter(workflow_tasks__workflow=state.workflow, active=True).order_by(
        "-workflow_tasks__sort_order"
    )
    return bool(last and last[0].pk == state.current_task_state.task_id)


def _publisher(workflow: WorkflowState, page: Any, user: Any) -> Any:
    """Whoever of those that approved this text may publish it: the last to approve need not be the one who may."""
    approvers = [state.finished_by for state in workflow.successful_task_states.select_related("finished_by")]
    able = (one for one in [user, *approvers] if one and page.permissions_for_user(one).can_publish())
    return next(able, user)


def _approvals() -> Any:
    return DeskCheckState.objects.filter(status=TaskState.STATUS_APPROVED)
