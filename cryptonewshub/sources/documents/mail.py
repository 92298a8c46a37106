"""E-mail (.eml): who wrote to whom and when, and the words; attachments are named, and not read."""

from __future__ import annotations

from datetime import date
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from cryptonewshub.sources.documents.html import html_text
from cryptonewshub.sources.documents.plain import one_line_end
from cryptonewshub.sources.extracted import About, ExtractedText, ExtractionError

_SHOWN = ("From", "To", "Cc", "Date", "Subject")
_MOST_PARTS = 1000


def read_mail(content: bytes, name: str) -> ExtractedText:
    """Raises ExtractionError for what is no message, holds no words, or nests without bound."""
    try:
        message = BytesParser(policy=policy.default).parsebytes(content)
        if not isinstance(message, EmailMessage) or not message.keys():
            raise ExtractionError(f"{name} is not an e-mail message; save it from the mail program as .eml.")
        return _read(message, name)
    except ExtractionError:
        raise
    except RecursionError:
        raise ExtractionError(f"{name} is nested too deeply; save the part that is quoted as text.") from None
    except Exception:  # whatever a malformed message makes the parser raise, it is the message that cannot be read
        raise ExtractionError(f"{name} is not a message that can be read; save its text as a file.") from None


def _read(message: EmailMessage, name: str) -> ExtractedText:
    if sum(1 for number, _ in zip(range(_MOST_PARTS + 1), message.walk(), strict=False)) > _MOST_PARTS:
        raise ExtractionError(f"{name} has too many parts; save the part that is quoted as text.")
    words = _words(message, name)
    if not words:
        raise ExtractionError(f"{name} holds no text; if the words are in an attachment, add that as a file.")
    head = [f"{field}: {_line(message[field])}" for field in _SHOWN if message[field]]
    attached = [part.get_filename() for part in message.iter_attachments() if part.get_filename()]
    remarks = (f"It has attachments that are not part of this source: {', '.join(map(_line, attached))}.",)
    about = About(title=_line(message["Subject"]), author=_author(message), published=_day(message))
    text = "\n".join(head) + "\n\n" + words
    return ExtractedText(text, "message/rfc822", about=about, remarks=remarks if attached else ())


def _words(message: EmailMessage, name: str) -> str:
    """The plain text, or the text of the HTML where there is no other."""
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    content = body.get_content()
    text = content if isinstance(content, str) else content.decode("utf-8", "replace")
    text = text.encode("utf-8", "replace").decode("utf-8")
    if body.get_content_type() == "text/html":
        text = html_text(text.encode(), name)
    return one_line_end(text).strip()


def _author(message: EmailMessage) -> str:
    name, address = parseaddr(_line(message["From"]))
    return name or address


def _day(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(str(message["Date"])).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _line(value: object) -> str:
    text = str(value or "").encode("utf-8", "replace").decode("utf-8")
    return " ".join(text.split())[:250]
