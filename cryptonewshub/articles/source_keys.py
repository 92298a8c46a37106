"""The short names by which a story cites its sources: made from the source, so that nobody need invent one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import count
from typing import Any

from django.utils.text import slugify
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import MultipleChooserPanel

from cryptonewshub.sources.models import Source

_LONGEST = 36  # characters, so that a number still fits behind


def key_for(source: Source, taken: Collection[str] = ()) -> str:
    """'biden' for a speech of Joe Biden, 'biden-2' for the second; never one that is taken."""
    name = next((name for name in _names(source) if name), "source")[:_LONGEST].strip("-")
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(key for key in numbered if key not in taken)


class AttachedSources(BaseChildFormSet):
    """The sources of a story in its form. Each that comes without a key is given one before the keys are compared."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given_keys: list[tuple[str, str]] = []
        """The names of the fields that came empty, and the keys that were given."""

    def clean(self) -> None:
        forms = [form for form in self.forms if form.is_valid() and not self._should_delete_form(form)]
        taken = {form.cleaned_data.get("key") for form in forms}
        for form in forms:
            self._refuse_what_they_may_not_see(form)
            source = form.cleaned_data.get("source")
            if source and not form.cleaned_data.get("key"):
                key = form.cleaned_data["key"] = form.instance.key = key_for(source, taken)
                taken.add(key)
                self.given_keys.append((form.add_prefix("key"), key))
        super().clean()

    def _refuse_what_they_may_not_see(self, form: Any) -> None:
        """The chooser offers nobody a confidential source of others; nor may its number be typed into the form."""
        source, user = form.cleaned_data.get("source"), getattr(form, "for_user", None)
        if source and user and "source" in form.changed_data and not source.may_be_seen_by(user):
            form.add_error("source", "This source is confidential. A colleague who may see it can attach it.")


class SourcesPanel(MultipleChooserPanel):
    """The list of a story's sources in the editor."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = AttachedSources
        return options


def _names(source: Source) -> Iterator[str]:
    """What the source may be called, the shortest and most telling first; a confidential one by nothing that tells."""
    if getattr(source, "is_confidential", False):
        yield "confidential"
        return
    yield slugify((source.speaker.split() or [""])[-1])
    yield slugify(source.publisher)
    yield slugify(" ".join(source.title.split()[:3]))
