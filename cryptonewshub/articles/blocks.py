"""The blocks that a story is built of in the editor."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import TextInput
from django.urls import reverse_lazy
from django.utils import timezone
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

INLINE = ["bold", "italic", "link", "source"]


class _ScriptedText(blocks.CharBlock):
    """Plain text whose field a script of ours helps to fill in. Without the script it is a text field."""

    controller: str
    attrs: dict[str, Any] = {}

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.field.widget = _ScriptedInput(attrs={"data-controller": self.controller, **self.attrs})

    def deconstruct(self) -> tuple[str, Any, Any]:
        """What is stored is text, so migrations know it as nothing else."""
        _, args, kwargs = super().deconstruct()
        return "wagtail.blocks.CharBlock", args, kwargs


class _ScriptedInput(TextInput):
    class Media:
        js = ["articles/attached_sources.js", "articles/quotation_block.js"]


class SpeakerBlock(_ScriptedText):
    """A name, with the people of the register and the speakers of the attached sources offered while one types."""

    controller = "story-speaker"
    attrs = {"data-story-speaker-address-value": reverse_lazy("story_people"), "autocomplete": "off"}


class AttachedSourceBlock(_ScriptedText):
    """The key of a source, chosen from those that the story attaches by their titles."""

    controller = "story-source"


class QuotationBlock(blocks.StructBlock):
    """Words set apart. The desk takes the whole text for a quotation, so it stands without quotation marks."""

    text = blocks.TextBlock(label="Words", rows=3, help_text="Without quotation marks.")
    speaker = SpeakerBlock(required=False, help_text="The full name.")
    source = AttachedSourceBlock(required=False, label="Source", help_text="One of the sources attached below.")

    class Meta:
        icon = "openquote"
        label = "Quotation"


class PictureBlock(blocks.StructBlock):
    """A picture, with what a reader who cannot see it needs and whom to thank for it."""

    image = ImageChooserBlock(
        help_text="Where it is cropped, such as on the front, its focal point stays in view: “…”, “Edit this image”, "
        "and draw a box around what matters."
    )
    alt = blocks.CharBlock(label="Description", help_text="What it shows, for readers who cannot see it.")
    caption = blocks.CharBlock(required=False, help_text="What everybody should know of it: who, where, when.")
    credit = blocks.CharBlock(help_text="Who made it, and for whom.")
    licence = blocks.CharBlock(help_text="Under which terms it may be shown, such as “CC BY 4.0” or “Own work”.")

    class Meta:
        icon = "image"
        label = "Picture"


class ItemsBlock(blocks.StructBlock):
    """A list, numbered or not."""

    numbered = blocks.BooleanBlock(required=False, help_text="For steps, or for an order that matters.")
    items = blocks.ListBlock(blocks.RichTextBlock(features=INLINE, label="Item"))

    class Meta:
        icon = "list-ul"
        label = "List"


class FactsBlock(blocks.StructBlock):
    """A box of facts beside the story."""

    title = blocks.CharBlock(help_text="Such as “The strait in figures”.")
    items = blocks.ListBlock(blocks.RichTextBlock(features=INLINE, label="Fact"), label="Facts")

    class Meta:
        icon = "form"
        label = "Fact box"


class PointsBlock(blocks.StructBlock):
    """The key points above live coverage."""

    items = blocks.ListBlock(
        blocks.RichTextBlock(features=INLINE, label="Point"),
        label="Points",
        help_text="What a reader who comes now has to know. They stand above the updates.",
    )

    class Meta:
        icon = "list-ul"
        label = "Key points"


class TableBlock(blocks.StructBlock):
    """A table of plain cells: a line a row, as one copies it from a spreadsheet."""

    title = blocks.RichTextBlock(features=INLINE, required=False, help_text="What the table shows, in a line.")
    rows = blocks.TextBlock(
        rows=6,
        help_text="A line for each row, the cells parted by “|” or a tab. The first line names the columns.",
    )

    class Meta:
        icon = "table"
        label = "Table"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        rows = rows_of(cleaned["rows"])
        uneven = next((number for number, row in enumerate(rows, 1) if len(row) != len(rows[0])), None)
        if uneven:
            sentence = (
                f"Row {uneven} has {len(rows[uneven - 1])} cells and the first row {len(rows[0])}. Make them equal."
            )
            raise blocks.StructBlockValidationError({"rows": ValidationError(sentence)})
        return cleaned


def rows_of(text: str) -> list[list[str]]:
    """The cells of a table as they were typed: rows are lines, cells are parted by bars or by tabs."""
    lines = [line for line in text.splitlines() if line.strip()]
    parting = "|" if any("|" in line for line in lines) else "\t"
    return [[cell.strip() for cell in _without_outer_bars(line).split(parting)] for line in lines]


def _without_outer_bars(line: str) -> str:
    bare = line.strip(" ")
    return bare.removeprefix("|").removesuffix("|") if bare.startswith("|") and bare.endswith("|") else line


class TextBlock(blocks.StreamBlock):
    """What an update is built of."""

    paragraph = blocks.RichTextBlock(features=INLINE, icon="pilcrow")
    quotation = QuotationBlock()
    picture = PictureBlock()
    items = ItemsBlock()
    table = TableBlock()


class UpdateBlock(blocks.StructBlock):
    """An update of live coverage. Readers see the newest one first, wherever it stands here."""

    time = blocks.DateTimeBlock(
        default=timezone.now, help_text="Readers see the newest update first, wherever it stands here."
    )
    headline = blocks.CharBlock(max_length=160, help_text="What is new, in one line. It has an address of its own.")
    body = TextBlock(required=False)

    class Meta:
        icon = "time"
        label = "Live update"


class StoryBlock(TextBlock):
    """The body of a story."""

    subhead = blocks.CharBlock(icon="title", max_length=120)
    facts = FactsBlock()
    points = PointsBlock()
    update = UpdateBlock()
