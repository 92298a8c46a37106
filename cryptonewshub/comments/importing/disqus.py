"""Comments in a Disqus export (XML, namespace http://disqus.com)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from cryptonewshub.comments.importing.shape import Imported, text_of_html, when
from cryptonewshub.comments.importing.xml_files import elements, text_in

_DSQ = "{http://disqus.com}"
_ID = "{http://disqus.com/disqus-internals}id"


def read_disqus(path: Path) -> Iterator[Imported]:
    """Threads come before posts in such a file. Raises UnreadableExportError when it is no such export."""
    threads: dict[str, str] = {}
    for element in elements(path, f"{_DSQ}thread", f"{_DSQ}post"):
        if element.tag == f"{_DSQ}post":
            yield _post(element, threads)
        elif link := text_in(element, f"{_DSQ}link"):
            threads[element.get(_ID, "")] = link


def _post(post: Element, threads: dict[str, str]) -> Imported:
    thread, parent = (post.find(f"{_DSQ}{name}") for name in ("thread", "parent"))
    author = post.find(f"{_DSQ}author")
    is_refused = "true" in (text_in(post, f"{_DSQ}isDeleted"), text_in(post, f"{_DSQ}isSpam"))
    return Imported(
        origin=f"disqus:{post.get(_ID, '')}",
        story=threads.get(thread.get(_ID, ""), "") if thread is not None else "",
        parent=f"disqus:{parent.get(_ID, '')}" if parent is not None else "",
        name=text_in(author, f"{_DSQ}name") if author is not None else "",
        email=text_in(author, f"{_DSQ}email") if author is not None else "",
        body=text_of_html(text_in(post, f"{_DSQ}message")),
        made=when(text_in(post, f"{_DSQ}createdAt")),
        state="rejected" if is_refused else "approved",
    )
