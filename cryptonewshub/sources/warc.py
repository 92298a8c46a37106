"""A fetched page as a WARC file (ISO 28500): what was asked, what was answered, and by way of which hops."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from io import BytesIO

from cryptonewshub.sources.fetching import Fetched

_UNPACKED = frozenset({"content-encoding", "transfer-encoding", "content-length"})


def warc_of(fetched: Fetched, *, now: datetime) -> bytes:
    """The file's bytes. The body is kept unpacked; a header about its packing keeps its words under another name."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    class InMemory(WARCWriter):  # else it leaves unclosed temporary files
        _create_temp_file = BytesIO

    out = BytesIO()
    writer = InMemory(out, gzip=False)
    about = {
        "WARC-Date": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "WARC-Payload-Digest": f"sha256:{hashlib.sha256(fetched.body).hexdigest()}",
        "WARC-IP-Address": fetched.number,
    }
    headers = [(_kept(name), value) for name, value in fetched.headers]
    headers.append(("Content-Length", str(len(fetched.body))))
    answered = StatusAndHeaders(f"{fetched.status} {fetched.reason}", headers, protocol="HTTP/1.1")
    response = writer.create_warc_record(
        fetched.url, "response", payload=BytesIO(fetched.body), http_headers=answered, warc_headers_dict=about
    )
    writer.write_record(response)
    hops = "".join(f"hop: {hop}\r\n" for hop in fetched.hops).encode()
    writer.write_record(
        writer.create_warc_record(
            fetched.url,
            "metadata",
            payload=BytesIO(hops),
            warc_content_type="application/warc-fields",
            warc_headers_dict={"WARC-Date": about["WARC-Date"]},
        )
    )
    return out.getvalue()


def page_in(warc: bytes) -> bytes:
    """The body of the page in a WARC file that `warc_of` made. Raises ValueError where there is none."""
    from warcio.archiveiterator import ArchiveIterator

    for record in ArchiveIterator(BytesIO(warc)):
        if record.rec_type == "response":
            return bytes(record.content_stream().read())
    raise ValueError("There is no page in this file.")


def _kept(name: str) -> str:
    return f"X-Archive-Orig-{name}" if name.lower() in _UNPACKED else name
