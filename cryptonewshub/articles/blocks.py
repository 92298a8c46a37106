"""The blocks that a story is built of in the editor."""

from __future__ import annotations

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

INLINE = ["bold", "italic", "link", "source"]


class QuotationBlock(blocks.StructBlock):
    """Words set apart. The desk takes the whole text for a quotation, so it stands without quotation marks."""

    text = blocks.TextBlock(label="Words", rows=3, help_text="Without quotation marks.")
    speaker = blocks.CharBlock(required=False, help_text="The full name.")
    source = blocks.CharBlock(
        required=False, label="Source key", help_text="The key of an attached source, such as “minister”."
    )

    class Meta:
        icon = "openquote"
        label = "Quotation"


class PictureBlock(blocks.StructBlock):
    """A picture, with what a reader who cannot see it needs and whom to thank for it."""

    image = ImageChooserBlock()
    alt = blocks.CharBlock(label="Description", help_text="For readers who cannot see it.")
    caption = blocks.CharBlock(required=False)
    credit = blocks.CharBlock(help_text="Who made it, and under which licence.")

    class Meta:
        icon = "image"
        label = "Picture"


class ItemsBlock(blocks.StructBlock):
    """A list, numbered or not."""

    numbered = blocks.BooleanBlock(required=False)
    items = blocks.ListBlock(blocks.RichTextBlock(features=INLINE))

    class Meta:
        icon = "list-ul"
        label = "List"


class FactsBlock(blocks.StructBlock):
    """A box of facts beside the story."""

    title = blocks.CharBlock()
    items = blocks.ListBlock(blocks.RichTextBlock(features=INLINE))

    class Meta:
        icon = "form"
        label = "Fact box"


class StoryBlock(blocks.StreamBlock):
    """The body of a story."""

    paragraph = blocks.RichTextBlock(features=INLINE, icon="pilcrow")
    subhead = blocks.CharBlock(icon="title", max_length=120)
    quotation = QuotationBlock()
    picture = PictureBlock()
    items = ItemsBlock()
    facts = FactsBlock()
