"""Comments in a WordPress export (WXR 1.2: RSS with the wp namespace). Pingbacks are left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from cryptonewshub.comments.importing.shape import Imported, text_of_html, when
from cryptonewshub.comments.importing.xml_files import elements, text_in

_STATES = {"1": "approved", "0": "waiting"}


def read_wordpress(path: Path) -> Iterator[Imported]:
    """Raises UnreadableExportError when the file is no such export."""
    for item in elements(path, "item"):
        namespace = next((child.tag.rpartition("}")[0] + "}" for child in item if child.tag.endswith("}post_id")), "")
        for comment in item.findall(f"{namespace}comment") if namespace else ():
            if text_in(comment, f"{namespace}comment_type") in ("", "comment"):
                yield _comment(comment, namespace, text_in(item, "link"))


def _comment(comment: Element, wp: str, story: str) -> Imported:
    parent = text_in(comment, f"{wp}comment_parent")
    return Imported(
        origin=f"wordpress:{text_in(comment, f'{wp}comment_id')}",
        story=story,
        parent=f"wordpress:{parent}" if parent not in ("", "0") else "",
        name=text_in(comment, f"{wp}comment_author"),
        email=text_in(comment, f"{wp}comment_author_email"),
        body=text_of_html(text_in(comment, f"{wp}comment_content")),
        made=when(text_in(comment, f"{wp}comment_date_gmt")),
        state=_STATES.get(text_in(comment, f"{wp}comment_approved"), "rejected"),
    )
