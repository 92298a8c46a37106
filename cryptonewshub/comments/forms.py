"""What readers may send, field by field. The same rules hold when a comment is written, edited or imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from cryptonewshub.comments.language import count_later, say, say_later
from cryptonewshub.comments.models import Reason
from cryptonewshub.comments.models.comment import BODY_LENGTH, NAME_LENGTH, QUOTE_LENGTH
from cryptonewshub.comments.plain_words import clean_line, clean_text, holds_controls

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class NameField(forms.CharField):
    """A name: one line that can be seen. What would end a line is refused, not mended: nobody types it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=NAME_LENGTH, **kwargs)
        self.error_messages.update(
            required=say_later("Write a name under your comment. It need not be your own."),
            max_length=count_later(
                "Write a name of at most %(num)s character.", "Write a name of at most %(num)s characters.", NAME_LENGTH
            ),
        )

    def clean(self, value: Any) -> str:
        if value and holds_controls(str(value).strip()):
            raise forms.ValidationError(say("The name holds characters that cannot be shown. Write it in one line."))
        name: str = super().clean(value)
        cleaned = clean_line(name)
        if self.required and not any(character.isalnum() for character in cleaned):
            raise forms.ValidationError(say("Write a name that has a letter or a figure in it."))
        return cleaned


class WordsField(forms.CharField):
    """Plain text of several paragraphs. `missing` is what is said when there is none."""

    def __init__(self, *, missing: StrOrPromise, max_length: int, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, strip=False, **kwargs)
        self.error_messages.update(
            required=missing,
            max_length=count_later(
                "These words are too long: write at most %(num)s character.",
                "These words are too long: write at most %(num)s characters.",
                max_length,
            ),
        )
        # Django refuses the null character before the words are cleaned; here, cleaning takes it out.
        self.validators = [v for v in self.validators if type(v).__name__ != "ProhibitNullCharactersValidator"]
        self._missing = missing

    def clean(self, value: Any) -> str:
        # A line break is one character for whoever counts what they type, and two on the wire.
        cleaned = clean_text(str(value or ""))
        words: str = super().clean(cleaned)
        return words


class EmailField(forms.EmailField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self.error_messages.update(
            invalid=say_later(
                "This is no e-mail address. Leave the field empty, or write one such as ada@example.org."
            ),
            required=say_later("Write your e-mail address."),
        )

    def clean(self, value: Any) -> str:
        email: str = super().clean(value)
        return email.strip().lower()


class CommentForm(forms.Form):
    """A comment. `website` is a field that no person sees: whoever fills it in is a machine."""

    name = NameField()
    email = EmailField(required=False)
    body = WordsField(missing=say_later("Write something first."), max_length=BODY_LENGTH)
    quote = WordsField(missing="", max_length=QUOTE_LENGTH, required=False)
    parent = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    version = forms.IntegerField(required=False, min_value=1, max_value=2**30)
    wants_replies = forms.BooleanField(required=False)
    follows = forms.BooleanField(required=False)
    proof = forms.CharField(required=False, max_length=1_000)
    website = forms.CharField(required=False, max_length=200)


class EditForm(forms.Form):
    body = WordsField(missing=say_later("Write something, or delete the comment."), max_length=BODY_LENGTH)


class ErrorForm(forms.Form):
    """A report of an error in a story."""

    passage = WordsField(missing="", max_length=QUOTE_LENGTH, required=False)
    words = WordsField(missing=say_later("Say what is wrong, and how you know."), max_length=3_000)
    name = NameField(required=False)
    wants_credit = forms.BooleanField(required=False)
    email = EmailField(required=False)
    version = forms.IntegerField(required=False, min_value=1, max_value=2**30)
    proof = forms.CharField(required=False, max_length=1_000)
    website = forms.CharField(required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("wants_credit") and not cleaned.get("name"):
            self.add_error("name", say("Write the name under which you wish to be thanked."))
        return cleaned


class FlagForm(forms.Form):
    reason = forms.ChoiceField(
        choices=Reason.choices,
        error_messages={
            "required": say_later("Choose a reason."),
            "invalid_choice": say_later("Choose one of the reasons."),
        },
    )
    words = WordsField(missing="", max_length=1_000, required=False)
    website = forms.CharField(required=False, max_length=200)


class AppealForm(forms.Form):
    words = WordsField(missing=say_later("Say why the decision is wrong."), max_length=2_000)


class AddressForm(forms.Form):
    email = EmailField()
    website = forms.CharField(required=False, max_length=200)
