"""Everything about comments that is kept. One idea a module; Django finds all of them here."""

from cryptonewshub.comments.models.comment import Comment, State
from cryptonewshub.comments.models.decision import Act, Appeal, Decision, Reason
from cryptonewshub.comments.models.error_report import ErrorReport, Outcome
from cryptonewshub.comments.models.flag import Flag
from cryptonewshub.comments.models.network import NetworkKey, SpentProof
from cryptonewshub.comments.models.post import Address, Following, Letter
from cryptonewshub.comments.models.rules import Ban, Beat, CommentPolicy, WordRule
from cryptonewshub.comments.models.taste import Taste
from cryptonewshub.comments.models.thread import Thread

__all__ = [
    "Act",
    "Address",
    "Appeal",
    "Ban",
    "Beat",
    "Comment",
    "CommentPolicy",
    "Decision",
    "ErrorReport",
    "Flag",
    "Following",
    "Letter",
    "NetworkKey",
    "Outcome",
    "Reason",
    "SpentProof",
    "State",
    "Taste",
    "Thread",
    "WordRule",
]
