"""The shapes of a check: what the desk says of every quotation, what else it found, and who signed what off.

Plain and frozen. A report is about one version of a document with one set of sources under one policy; it is remade,
never changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cryptonewshub.articles.document import Document
from cryptonewshub.quotations.policy import Policy
from cryptonewshub.quotations.vocabulary import DiffOp, Grade, Kind, Passage, Severity, Verdict

Where = Literal["title", "standfirst", "body", "caption"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: code points of the field, or of the plain text of that block of the body."""

    where: Where
    block: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clearance:
    """A person's decision that findings of a rule may stand, with the reason.

    With `text` it holds for exactly those words and is void when they change; with None it holds for every finding of
    the rule. So with `speaker`, whom the story gives the words to. One without a reason clears nothing. `role` is what
    the person was at the newsroom; `public_note` is what readers may be told of it.
    """

    rule: str
    text: str | None
    reason: str
    speaker: str | None = None
    role: str = "editor"
    public_note: str = ""

    def fits(self, finding: Finding) -> bool:
        """Whether it is about this finding."""
        is_theirs = self.speaker is None or self.speaker == (finding.speaker or "")
        return self.rule == finding.rule and self.text in (None, finding.text) and is_theirs


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """One quotation and what became of it. `blocking` is False once its finding is cleared; the verdict stays.

    `is_speaker_doubted` says that the source gives the words to somebody else than the desk took for the speaker, and
    that the desk was not sure; `confidence` is 0 to 1, None where nobody is named.
    """

    place: Place
    text: str
    kind: Kind
    speaker: str | None
    confidence: float | None
    cue: str | None
    cited: tuple[str, ...]
    verdict: Verdict
    blocking: bool
    note: str | None = None
    source: str | None = None
    passage: Passage | None = None
    diff: tuple[tuple[DiffOp, str], ...] | None = None
    similarity: float | None = None
    grade: Grade | None = None
    recorded_speaker: str | None = None
    is_speaker_doubted: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the desk noticed. An error stops publication until it is mended or cleared.

    Of a quotation, `speaker` is whom the story gives it to; of a translated one, `language` is the source's.
    """

    rule: str
    severity: Severity
    place: Place
    text: str
    message: str
    suggestion: str = ""
    speaker: str | None = None
    language: str | None = None
    clearance: Clearance | None = None

    @property
    def stops(self) -> bool:
        """Whether publication waits for this."""
        return self.severity == "error" and self.clearance is None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the desk says of a document, in the order in which it stands there."""

    document: Document
    policy: Policy
    quotations: tuple[CheckedQuotation, ...]
    findings: tuple[Finding, ...]

    @property
    def stopping(self) -> tuple[Finding, ...]:
        """The findings that publication waits for."""
        return tuple(finding for finding in self.findings if finding.stops)

    @property
    def cleared(self) -> bool:
        """Whether the document may be published."""
        return not self.stopping
