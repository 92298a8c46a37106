"""`cnh witness FOLDER --log VKEY…`: a witness for other machines' logs. It needs no newsroom, only a folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cryptonewshub.cli.newsroom import NewsroomError

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

    from cryptonewshub.editions.witness import Answer, Witness
    from cryptonewshub.tlog.keys import SigningKey, VerifierKey

SLOWEST = 10.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from cryptonewshub.cli.serve import add_port

    parser.add_argument("folder", metavar="FOLDER", help="where its key and its memory are; made when missing")
    parser.add_argument(
        "--log", metavar="VKEY", action="append", required=True, help="the verifier key of a log to watch (cnh key)"
    )
    parser.add_argument("--name", metavar="NAME", help="the witness's own name, such as lighthouse.example/w1")
    add_port(parser)


def run(arguments: argparse.Namespace) -> int:
    from http.server import ThreadingHTTPServer

    from cryptonewshub.cli.serve import claim_port
    from cryptonewshub.editions.witness import Witness

    address = claim_port(arguments.port, arguments.host)
    folder = Path(arguments.folder)
    folder.mkdir(parents=True, exist_ok=True)
    key = _key(folder, arguments.name)
    witness = Witness(key, _logs(arguments.log), folder / "seen.sqlite3")
    with ThreadingHTTPServer(address, _answering(witness)) as server:
        print(f"{key.verifier} http://{address[0]}:{address[1]}", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("Stopped.", file=sys.stderr)
    return 0


def _key(folder: Path, name: str | None) -> SigningKey:
    from cryptonewshub.editions.keys import KeyMissingError, new_witness_key, read_keys, write_keys

    file = folder / "witness.key"
    if not file.exists():
        if not name:
            raise NewsroomError("a new witness needs a name; give it one with --name, such as lighthouse.example/w1.")
        try:
            write_keys(file, [new_witness_key(name)])
        except ValueError as error:
            raise NewsroomError(str(error)) from error
    try:
        return read_keys(folder, file.name)[0]
    except KeyMissingError as missing:
        raise NewsroomError(str(missing)) from missing


def _logs(texts: list[str]) -> dict[str, list[VerifierKey]]:
    from cryptonewshub.tlog.keys import VerifierKey

    logs: dict[str, list[VerifierKey]] = {}
    for text in texts:
        try:
            key = VerifierKey.parse(text)
        except ValueError as error:
            raise NewsroomError(f"--log: {error}") from error
        logs.setdefault(key.name, []).append(key)
    return logs


def _answering(witness: Witness) -> type[BaseHTTPRequestHandler]:
    """The web server's side: one small request a connection, and no patience with slow ones."""
    import time
    from http.server import BaseHTTPRequestHandler

    from cryptonewshub.editions.witness import LARGEST_BODY

    class Handler(BaseHTTPRequestHandler):
        timeout = SLOWEST
        server_version = "cnh-witness"
        sys_version = ""

        def do_POST(self) -> None:
            if self.path != "/add-checkpoint":
                self.send_error(404)
                return
            length = self.headers.get("Content-Length", "")
            if not length.isascii() or not length.isdigit() or int(length) > LARGEST_BODY:
                self.send_error(413)
                return
            self._answer(witness.add_checkpoint(self.rfile.read(int(length)), time=int(time.time())))

        def do_GET(self) -> None:
            name, _, rest = self.path.removeprefix("/").partition("/")
            if rest != "checkpoint":
                self.send_error(404)
                return
            self._answer(witness.newest(name))

        def _answer(self, answer: Answer) -> None:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, form: str, *arguments: object) -> None:
            said = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in form % arguments)
            print(f"{self.address_string()} {said}", file=sys.stderr)

    return Handler
