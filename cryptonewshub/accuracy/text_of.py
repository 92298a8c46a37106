"""A document's body as one text, and the way back from a place in it to the block.

Blocks are joined by a blank line, as paragraphs are everywhere in the quotation engine, so that speakers carry from one
paragraph to the next; subheads, list items, fact boxes and captions are paragraphs too.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from cryptonewshub.accuracy.report import Place, Where
from cryptonewshub.articles.document import Block, Document

_JOINT = "\n\n"
_CLUSTER = frozenset(" \t.,;:!?)”’\"'")  # what may stand between two citations of one group


@dataclass(frozen=True, slots=True)
class BodyText:
    """The joined text, each block's offset in it, and the blocks themselves."""

    text: str
    starts: tuple[int, ...]
    blocks: tuple[Block, ...]

    def place(self, start: int, end: int) -> Place:
        """The place of a range in its block's own text; one that runs over several blocks is cut off there."""
        index = self.index(start)
        block, offset = self.blocks[index], self.starts[index]
        length = len(block.text)
        where: Where = "caption" if block.kind == "image" else "body"
        return Place(where, index, min(start - offset, length), min(end - offset, length))

    def index(self, offset: int) -> int:
        """The index of the block that an offset stands in."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    @property
    def block_quotes(self) -> tuple[tuple[int, int], ...]:
        """The ranges of the block quotations."""
        pairs = zip(self.starts, self.blocks, strict=True)
        return tuple((start, start + len(block.text)) for start, block in pairs if block.kind == "quote" and block.text)

    @property
    def citations(self) -> tuple[int, ...]:
        """The offsets at which the story cites a source, in order."""
        offsets = set[int]()
        for start, block in zip(self.starts, self.blocks, strict=True):
            offsets.update(start + mark.start for mark in block.marks if mark.kind == "source")
            if block.source:
                offsets.add(start + len(block.text))
        return tuple(sorted(offsets))


def text_of_body(document: Document) -> BodyText:
    """The body of a document as one text."""
    starts, offset = list[int](), 0
    for block in document.body:
        starts.append(offset)
        offset += len(block.text) + len(_JOINT)
    return BodyText(_JOINT.join(block.text for block in document.body), tuple(starts), document.body)


def sources_cited_at(block: Block, end: int) -> tuple[str, ...]:
    """The ids of the sources that back a quotation ending at `end` of a block's text.

    A citation backs what stands between the one before it and itself, so the first one that follows counts, with those
    that follow it directly. In a block quotation the attribution's source comes first.
    """
    marks = sorted((mark for mark in block.marks if mark.kind == "source"), key=lambda mark: mark.start)
    following = [mark for mark in marks if mark.start >= end]
    cited = [block.source] if block.source else []
    reached = following[0].start if following else 0
    for mark in following:
        if not _CLUSTER.issuperset(block.text[reached : mark.start]):
            break
        cited.append(mark.value)
        reached = mark.start
    return tuple(dict.fromkeys(cited))
