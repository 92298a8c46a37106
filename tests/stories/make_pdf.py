"""Write `sources/orne-speech.pdf`, a small PDF of two pages in a standard font, byte for byte the same every time."""

from __future__ import annotations

from pathlib import Path

PAGES = (
    (
        "Speech of the Prime Minister of Lerk, Tobias Orne,",
        "to the Harbour Council, 3 March 2026",
        "",
        "Friends and neighbours, this island has forty berths and room",
        "for four hundred boats. It has one road, two bakers and a",
        "lighthouse that has not been dark since 1911.",
        "",
        "A harbour is a promise made of stone. We do not break our",
        "promises, and we do not break our stone. Those who built the",
        "long quay never saw it finished, and they built it all the same.",
    ),
    (
        "We have argued about this treaty for nine years. I have sat in",
        "rooms where nobody looked up from the table. Today everybody",
        "looked up.",
        "",
        "The deep harbour will stay open to every flag that lowers its",
        "speed and raises its hand. I thank the council.",
    ),
)


def page_stream(lines: tuple[str, ...]) -> bytes:
    """The page's text in 12-point Helvetica, one line below the other."""
    shown = "\n".join(f"({line}) Tj T*" for line in lines)
    return f"BT /F1 12 Tf 15 TL 72 770 Td\n{shown}\nET".encode("ascii")


def pdf(pages: tuple[tuple[str, ...], ...]) -> bytes:
    """A PDF 1.4 file (ISO 32000-1, 7.5) of the pages."""
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode("ascii"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for index, lines in enumerate(pages):
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {5 + 2 * index} 0 R >>"
        stream = page_stream(lines)
        objects += [page.encode("ascii"), b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)]
    return assembled(objects)


def assembled(objects: list[bytes]) -> bytes:
    """The objects with their header, cross-reference table and trailer."""
    content, offsets = b"%PDF-1.4\n", list[int]()
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


if __name__ == "__main__":
    Path(__file__).with_name("sources").joinpath("orne-speech.pdf").write_bytes(pdf(PAGES))
