"""The template engine: Jinja2 with everything escaped and every undefined name an error."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cryptonewshub.reader.assets import asset_url

_TEMPLATES = Path(__file__).parent / "templates" / "reader"


def render(template: str, **values: Any) -> str:
    """The text of one template, such as 'pages/article.html', with these values."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["asset_url"] = asset_url
    return environment


def macro(template: str, name: str) -> Callable[..., Markup]:
    """One macro of a template, for the small pieces that are set inside running text."""
    made: Callable[..., Markup] = getattr(_module(template), name)
    return made


@cache
def _module(template: str) -> Any:
    return _environment().get_template(template).module
