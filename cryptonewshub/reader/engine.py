"""The template engine: Jinja2 with everything escaped and every undefined name an error, in the words of a language."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cryptonewshub.languages.wording import Wording, wording
from cryptonewshub.reader.assets import asset_url

TEMPLATES = Path(__file__).parent / "templates" / "reader"


def render(language: str, template: str, /, **values: Any) -> str:
    """The text of one template, such as 'pages/article.html', with these values, in the words of a language."""
    return _environment(wording(language)).get_template(template).render(values)


def macro(language: str, template: str, name: str) -> Callable[..., Markup]:
    """One macro of a template, for the small pieces that are set inside running text."""
    made: Callable[..., Markup] = getattr(_module(wording(language), template), name)
    return made


def environment() -> Environment:
    """The English one, for whoever reads templates as they are written."""
    return _environment(wording("en"))


@cache
def _environment(words: Wording) -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["asset_url"] = asset_url
    made.install_gettext_translations(words.translations, newstyle=True)  # type: ignore[attr-defined]
    return made


@cache
def _module(words: Wording, template: str) -> Any:
    return _environment(words).get_template(template).module
