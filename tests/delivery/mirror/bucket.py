"""A bucket behind HTTP that believes nobody: it checks each signature against what came, by a way of its own."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import parse_qsl, unquote
from xml.sax.saxutils import escape

KEY_ID, SECRET, REGION = "ada", "a-secret-of-the-tests", "north"
_PAGE = 3  # keys a page of a listing


@dataclass
class Bucket:
    """What it holds: bytes and headers under keys; what it was asked for, in order; how it is to fail."""

    held: dict[str, tuple[bytes, dict[str, str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    fails: str = "$^"  # requests that match are answered with 503
    address: str = ""
    lock: Lock = field(default_factory=Lock)

    def body(self, key: str) -> bytes:
        return self.held[key][0]

    def headers(self, key: str) -> dict[str, str]:
        return self.held[key][1]


@contextmanager
def open_bucket(port: int = 0) -> Iterator[Bucket]:
    bucket = Bucket()
    server = ThreadingHTTPServer(("127.0.0.1", port), type("Asked", (_Handler,), {"bucket": bucket}))
    server.daemon_threads = True
    bucket.address = f"http://127.0.0.1:{server.server_port}/site"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield bucket
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bucket: Bucket
    timeout = 5

    def do_PUT(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def log_message(self, *args: object) -> None:
        """Nothing is printed."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path, _, query = self.path.partition("?")
        key = unquote(path).removeprefix("/site/")
        with self.bucket.lock:
            asked = f"{self.command} {key}"
            self.bucket.asked.append(asked)
            if not self._is_signed(path, query, body):
                self._say(403, "<Error><Message>The signature does not match.</Message></Error>")
            elif re.search(self.bucket.fails, asked):
                self._say(503, "<Error><Message>Please reduce your rate &amp; wait.</Message></Error>")
            else:
                self._carry_out(key, dict(parse_qsl(query)), body)

    def _carry_out(self, key: str, query: dict[str, str], body: bytes) -> None:
        if self.command == "PUT":
            self.bucket.held[key] = body, {name.lower(): value for name, value in self.headers.items()}
            self._say(200, "")
        elif self.command == "DELETE":
            self._say(204 if self.bucket.held.pop(key, None) else 404, "")
        else:
            keys = [key for key in sorted(self.bucket.held) if key > query.get("continuation-token", "")]
            listed = "".join(f"<Contents><Key>{escape(key)}</Key></Contents>" for key in keys[:_PAGE])
            more = f"<NextContinuationToken>{escape(keys[_PAGE - 1])}</NextContinuationToken>" if keys[_PAGE:] else ""
            self._say(200, f"<ListBucketResult>{listed}{more}</ListBucketResult>")

    def _say(self, status: int, text: str) -> None:
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def _is_signed(self, path: str, query: str, body: bytes) -> bool:
        found = re.fullmatch(
            r"AWS4-HMAC-SHA256 Credential=(\w+)/(\d{8})/(\w+)/s3/aws4_request,SignedHeaders=([^,]+),Signature=(\w{64})",
            self.headers["Authorization"],
        )
        if found is None or (found[1], found[3]) != (KEY_ID, REGION):
            return False
        day, names, digest = found[2], found[4].split(";"), hashlib.sha256(body).hexdigest()
        unsigned = {name.lower() for name in self.headers} - {*names, "authorization", "content-length"}
        if unsigned - {"accept-encoding"} or self.headers["x-amz-content-sha256"] != digest:
            return False
        lines = [self.command, path, query, *(f"{name}:{self.headers[name]}" for name in names), "", found[4], digest]
        moment = self.headers["x-amz-date"]
        scope = f"{day}/{REGION}/s3/aws4_request"
        request = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        key = ("AWS4" + SECRET).encode()
        for word in (day, REGION, "s3", "aws4_request"):
            key = hmac.digest(key, word.encode(), "sha256")
        expected = hmac.digest(key, f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{request}".encode(), "sha256").hex()
        return moment.startswith(day) and hmac.compare_digest(expected, found[5])
