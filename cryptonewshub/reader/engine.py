"""The template engine: Jinja2 with everything escaped and every undefined name an error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a template's source: 'data' is text, the others are Jinja's."""

    kind: str
    text: str


def template_names() -> list[str]:
    """Every template that makes a page or a part of one."""
    return sorted(str(path.relative_to(_TEMPLATES)) for path in _TEMPLATES.rglob("*.html"))


def tokens_of(template: str) -> list[Token]:
    """The source of a template, cut up as Jinja does."""
    environment = _environment()
    source = (_TEMPLATES / template).read_text(encoding="utf-8")
    return [Token(kind, text) for _, kind, text in environment.lex(source, template) if kind != "whitespace"]


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
