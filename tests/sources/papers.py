"""Documents of every kind, made on the spot: small honest ones, and bombs."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from email.message import EmailMessage

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
O = (  # noqa: E741
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
CORE = (
    '<cp:coreProperties xmlns:cp="urn:x" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Quay report</dc:title><dc:creator>Ada Holm</dc:creator>'
    "<dcterms:created>2026-03-02T08:00:00Z</dcterms:created></cp:coreProperties>"
)


def package(**parts: str | bytes) -> bytes:
    """A zip file; '__' in a name stands for '/', '_xml' at its end for '.xml'."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return package(word__document_xml=document, docProps__core_xml=CORE, **parts)


def odt(body: str, **parts: str) -> bytes:
    document = f"<office:document-content {O}><office:body><office:text>{body}</office:text></office:body>"
    meta = f"<office:meta {O}><dc:title>Quay report</dc:title><dc:creator>Ada Holm</dc:creator></office:meta>"
    return package(content_xml=f"{document}</office:document-content>", meta_xml=meta, **parts)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def mail(body: str = "The quay closes on Monday.\n", *, html: str = "", attachment: str = "") -> bytes:
    message = EmailMessage()
    message["From"] = "Ada Holm <ada@sund.example>"
    message["To"] = "desk@news.example"
    message["Date"] = "Mon, 02 Mar 2026 09:30:00 +0100"
    message["Subject"] = "The quay"
    if html:
        message.set_content(html, subtype="html")
    else:
        message.set_content(body)
    if attachment:
        message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename=attachment)
    return message.as_bytes()


VTT = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Petra Lind>Good morning. The ferry will run again,

00:00:04.000 --> 00:00:06.500
<v Petra Lind>and it will carry 240 passengers a day.

NOTE a remark that is no speech

00:12:31.000 --> 00:12:33.000
<v Bo Dahl>Will fares rise?

00:12:34.000 --> 00:12:36.000
<v Petra Lind>No, <i>they</i> will not &amp; cannot.
"""

SRT = """1
00:00:01,000 --> 00:00:04,000
PETRA LIND: Good morning.

2
00:00:05,000 --> 00:00:07,000
The ferry will run.

3
01:02:03,000 --> 01:02:05,000
>> BO DAHL: Will fares rise?
"""


def _zeros_in_a_zip(name: str, size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file, file.open(name, "w") as entry:
        for _ in range(size >> 20):
            entry.write(bytes(1 << 20))
    return out.getvalue()


def _lying_zip(name: str) -> bytes:
    """An entry that says it has ten bytes and has a hundred megabytes."""
    lying = bytearray(_zeros_in_a_zip(name, 100 << 20))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = lying.rfind(signature)
        lying[at + offset : at + offset + 4] = struct.pack("<I", 10)
    return bytes(lying)


def _many_entries(main: str, count: int = 30_000) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(main, "<a/>")
        for number in range(count):
            file.writestr(f"f{number}", b"")
    return out.getvalue()


def _twice(main: str) -> bytes:
    import warnings

    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as file:
        warnings.simplefilter("ignore")
        file.writestr(main, "<a>one</a>")
        file.writestr(main, "<a>two</a>")
    return out.getvalue()


_MORE_LAUGHS = "".join(f"<!ENTITY {chr(98 + i)} '{('&' + chr(97 + i) + ';') * 10}'>" for i in range(9))
_LAUGHS = f"<!DOCTYPE l [<!ENTITY a 'lol'>{_MORE_LAUGHS}]>"
_FILE = "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"


def _document(prolog: str, inside: str) -> str:
    return f"{prolog}<w:document {W}><w:body>{paragraph(inside)}</w:body></w:document>"


def pdf_of_zeros(size: int) -> bytes:
    """A page whose stream unpacks to so many bytes."""
    packed = zlib.compress(zlib.compress(bytes(size), 9), 9)
    body = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n" % len(packed) + packed + b"\nendstream",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(body, start=1):
        places.append(len(out))
        out += b"%d 0 obj" % number + content + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return (
        out
        + b"xref\n0 5\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 5/Root 1 0 R>>startxref\n%d\n%%%%EOF" % start
    )


def _nested_mail(depth: int) -> bytes:
    boundaries = [f"b{number}" for number in range(depth)]
    head = "".join(f'Content-Type: multipart/mixed; boundary="{name}"\n\n--{name}\n' for name in boundaries)
    return b"From: a@b.example\nSubject: x\n" + head.encode() + b"Content-Type: text/plain\n\nx\n"


def bombs() -> dict[str, bytes]:
    """File names, with the ending that chooses the reader, and what is in them."""
    many = " ".join(f'a{i}="x"' for i in range(200_000))
    deep = "<w:x>" * 100_000 + "</w:x>" * 100_000
    return {
        "zeros.docx": _zeros_in_a_zip("word/document.xml", 300 << 20),
        "zeros.odt": _zeros_in_a_zip("content.xml", 300 << 20),
        "lying.docx": _lying_zip("word/document.xml"),
        "many.docx": _many_entries("word/document.xml"),
        "twice.odt": _twice("content.xml"),
        "laughs.docx": package(word__document_xml=_document(_LAUGHS, "&j;")),
        "file.docx": package(word__document_xml=_document(_FILE, "&x;")),
        "file.odt": package(content_xml=f"{_FILE}<text:p {O}>&x;</text:p>"),
        "deep.docx": docx(deep),
        "attributes.odt": odt(f"<text:p {many}/>"),
        "old.docx": b"\xd0\xcf\x11\xe0" + bytes(5000),
        "zeros.pdf": pdf_of_zeros(900 << 20),
        "gzip.html": gzip.compress(bytes(5_000_000)),
        "nested.eml": _nested_mail(5000),
        "quotes.md": b"> " * 60_000 + b"x",
        "brackets.md": b"[" * 150_000,
        "tags.html": b"<b>" * 2_000_000,
        "nothing.vtt": b"WEBVTT\n\n" + b"00:00" * 400_000,
        "nul.txt": bytes(1000),
    }
