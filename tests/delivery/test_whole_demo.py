"""The demo newsroom, published story by story: what each publication bakes is what baking everything gives."""

from __future__ import annotations

import gc
import re
from typing import Any

import pytest
import yaml

from cryptonewshub.articles.models import FrontPage
from cryptonewshub.cli import demo
from cryptonewshub.cli.groups import found_groups
from cryptonewshub.config.home import Home
from cryptonewshub.delivery.baking import bake_all


# Wagtail leaves the temporary file of each picture that it resizes to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")
def test_baking_what_each_edition_touches_is_baking_everything(committed_newsroom: FrontPage, home: Home) -> None:
    newsroom: dict[str, Any] = yaml.safe_load((demo.FOLDER / "newsroom.yaml").read_text(encoding="utf-8"))
    found_groups()
    demo._load_register(newsroom)
    for story in newsroom["stories"]:
        demo._load_story(story)
    demo._arrange_the_front(newsroom["front"], newsroom["breaking"])
    demo._show_copies(newsroom["copies"])
    for story in newsroom["stories"]:
        demo._withdraw(story)
    gc.collect()
    assert bake_all() == []
    _no_link_leads_nowhere(home)


def _no_link_leads_nowhere(home: Home) -> None:
    pages = {file.relative_to(home.site).as_posix(): file.read_text("utf-8") for file in home.site.rglob("*.html")}
    assert len(pages) > 50
    links = {target for text in pages.values() for target in re.findall(r'(?:href|src)="(/[^"#?]*)', text)}
    missing = [
        link
        for link in sorted(links)
        if not link.startswith(("/search/", "/comments/", "/log/", "/verify/", "/policies/accuracy/"))
        and not (home.site / link.lstrip("/") / ("index.html" if link.endswith("/") else "")).exists()
    ]
    assert missing == []
