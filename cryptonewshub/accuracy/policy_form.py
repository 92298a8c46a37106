"""The form in which an editor changes the house policy. It saves no row: it adopts the next version."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from cryptonewshub.accuracy.headings import RULES
from cryptonewshub.accuracy.headings import VERDICTS as NAMES
from cryptonewshub.accuracy.house_policy import adopt_policy, current_policy
from cryptonewshub.accuracy.models import HousePolicy
from cryptonewshub.accuracy.policy_words import ADVICE, EDITS, VERDICTS
from cryptonewshub.quotations.policy import Policy
from cryptonewshub.quotations.vocabulary import Verdict

STOPS, ASKS, PASSES = "stops", "asks", "passes"
_CHOICES = [(STOPS, "stops the story"), (ASKS, "is asked about"), (PASSES, "passes")]
_NUMBERS = {
    "ellipsis_gap_words": ("Words that an ellipsis may stand for", 0, 500),
    "bracket_words": ("Words that may stand in square brackets", 0, 50),
    "short_words": ("Quotations under so many words are quoted exactly", 1, 20),
}


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _verdict_choices() -> list[tuple[str, str]]:
    return [(verdict.value, _sentence(words)) for verdict, words in VERDICTS.items()]


class PolicyForm(WagtailAdminModelForm):
    """All the rules of the house, as they hold now."""

    policy_name = forms.CharField(label="Name", max_length=120, help_text="Printed under every story.")
    four_eyes = forms.MultipleChoiceField(
        label="The authors of a story cannot clear it themselves where",
        choices=_verdict_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    public_reasons = forms.MultipleChoiceField(
        label="Readers are told the reason of a clearance where",
        choices=_verdict_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Reasons that were given before stay as they were given: inside, or told.",
    )
    named_translator = forms.BooleanField(
        label="Translations need a named translator",
        required=False,
        help_text="One who reads the language, by profile.",
    )
    approval_first = forms.BooleanField(
        label="Nothing is published that was not approved",
        required=False,
        help_text="On any road, commands too. Leave it open where editors publish by themselves.",
    )
    asked = forms.MultipleChoiceField(
        label="The desk asks about",
        choices=lambda: [(rule, _sentence(words)) for rule, words in ADVICE.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    fillers = forms.CharField(
        label="Sounds that may be left out, if any may",
        max_length=200,
        required=False,
        help_text="Separated by commas.",
    )
    reason = forms.CharField(label="Why it changes", help_text="Shown to readers.", max_length=500)

    class Meta:
        model = HousePolicy
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = current_policy()
        self._add_rules()
        self.initial |= {
            "policy_name": now.name,
            "four_eyes": sorted(now.four_eyes),
            "public_reasons": sorted(now.public_reasons),
            "asked": sorted(set(ADVICE) - now.quiet),
            "fillers": ", ".join(sorted(now.fillers)),
            **{name: getattr(now, name) for name in (*_NUMBERS, *EDITS, "named_translator", "approval_first")},
            **{_field(verdict): _choice(now, verdict) for verdict in VERDICTS},
        }

    def _add_rules(self) -> None:
        """The fields that follow from the rules, in the order of the sentences."""
        for verdict, words in VERDICTS.items():
            self.fields[_field(verdict)] = forms.ChoiceField(
                label=NAMES[verdict].partition(",")[0], help_text=f"Where {words}.", choices=_CHOICES
            )
        for name, (label, least, most) in _NUMBERS.items():
            self.fields[name] = forms.IntegerField(label=label, min_value=least, max_value=most)
        for name, (may, _) in EDITS.items():
            self.fields[name] = forms.BooleanField(label=_sentence(may), required=False)
        self.order_fields(name for names in _GROUPS.values() for name in names)

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings, as the form is shown."""
        return [(heading, [self[name] for name in names]) for heading, names in _GROUPS.items()]

    def policy(self) -> Policy:
        """The rules that the form holds; its version and digest are nobody's yet."""
        said = self.cleaned_data
        words = {
            "name": said["policy_name"],
            "blocks": frozenset(verdict for verdict in VERDICTS if said[_field(verdict)] == STOPS),
            "warns": frozenset(verdict for verdict in VERDICTS if said[_field(verdict)] == ASKS),
            "four_eyes": frozenset(map(Verdict, said["four_eyes"])),
            "public_reasons": frozenset(map(Verdict, said["public_reasons"])),
            "quiet": frozenset(RULES) - set(said["asked"]),
            "fillers": frozenset(word.strip().lower() for word in said["fillers"].split(",") if word.strip()),
        }
        rules = {name: said[name] for name in (*_NUMBERS, *EDITS, "named_translator", "approval_first")}
        return replace(current_policy(), **words, **rules)

    def save(self, commit: bool = True) -> HousePolicy:
        why = self.cleaned_data["reason"]
        self.instance = adopt_policy(self.policy(), why=why, now=timezone.now(), user=self.for_user)
        return self.instance


def _field(verdict: Verdict) -> str:
    return f"verdict_{verdict.value.replace('-', '_')}"


_GROUPS = {
    "The change": ["reason", "policy_name"],
    "What stops a story": [_field(verdict) for verdict in VERDICTS],
    "What an editor is asked about": ["asked"],
    "What may be done to somebody’s words": [*_NUMBERS, *EDITS, "fillers"],
    "Who may let words stand": ["four_eyes", "named_translator", "approval_first"],
    "What readers are told": ["public_reasons"],
}


def _choice(policy: Policy, verdict: Verdict) -> str:
    return STOPS if verdict in policy.blocks else ASKS if verdict in policy.warns else PASSES
