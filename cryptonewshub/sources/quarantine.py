"""Reading documents that strangers made: in a process of its own, which may use so much memory and time and no more.

The process gets the bytes on its standard input and gives the text on its standard output. It cannot write files, start
programs or open connections; what crashes, swells or never ends there is a document that is refused here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from cryptonewshub.sources.extraction import (
    ExtractedText,
    ExtractionError,
    content_of,
    extract_text,
    media_type_of,
)

MEMORY = 512_000_000  # bytes of address space
CPU_SECONDS = 20
WALL_SECONDS = 40
LONGEST_TEXT = 20_000_000  # characters
_TRUSTED = frozenset({"text/plain"})  # decoding UTF-8 is all that happens to it
_SMALL_MARKDOWN = 100_000
_ROOT = str(Path(__file__).resolve().parents[2])
_START = "import sys; sys.path[:0] = [sys.argv[1]]; from cryptonewshub.sources.quarantine import work; work()"


def extract_safely(document: Path | bytes, name: str = "") -> ExtractedText:
    """What `extract_text` gives, whoever made the document.

    Raises ExtractionError as it does, and for a document that needs more memory or time than any honest one.
    """
    name = name or (str(document) if isinstance(document, Path) else "")
    media_type = media_type_of(name)
    content = content_of(document, name)
    if media_type in _TRUSTED or (media_type == "text/markdown" and len(content) < _SMALL_MARKDOWN):
        return extract_text(content, name)
    return _in_quarantine(content, {"name": name})


def read_page_safely(content: bytes, url: str, charset: str = "") -> ExtractedText:
    """The text of a fetched web page, its article where one can be told. Raises ExtractionError like the others."""
    return _in_quarantine(content_of(content, url), {"name": url, "charset": charset, "is_page": True})


def _in_quarantine(content: bytes, task: dict[str, object]) -> ExtractedText:
    name = str(task["name"])
    command = [sys.executable, "-I", "-B", "-X", "utf8", "-c", _START, _ROOT, json.dumps(task)]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and code; the task is one argument
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"LC_ALL": "C.UTF-8"}
    ) as process:
        try:
            output, _ = process.communicate(content, timeout=WALL_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise _too_much(name) from None
    return _answer(output, process.returncode, name)


def _answer(output: bytes, status: int, name: str) -> ExtractedText:
    if status != 0 or not output:
        raise _too_much(name)
    answer = json.loads(output)
    if "refused" in answer:
        raise ExtractionError(answer["refused"])
    return ExtractedText.from_json(answer)


def _too_much(name: str) -> ExtractionError:
    return ExtractionError(
        f"{name} takes more memory or time to read than an honest document does; it may be damaged. "
        "Save the part that is quoted as text, and add that."
    )


def work() -> None:
    """The whole life of the process: shut the doors, read, answer."""
    _shut_doors()
    task = json.loads(sys.argv[2])
    try:
        answer = _read(sys.stdin.buffer.read(), task).as_json()
        if len(str(answer["text"])) > LONGEST_TEXT:
            raise ExtractionError(f"{task['name']} holds too much text; attach the part that is quoted.")
    except ExtractionError as error:
        answer = {"refused": str(error)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8"))


def _read(content: bytes, task: dict[str, str]) -> ExtractedText:
    if task.get("is_page"):
        from cryptonewshub.sources.documents.web_pages import read_web_page

        return read_web_page(content, task["name"], task["charset"])
    return extract_text(content, task["name"])


def _shut_doors() -> None:
    import resource

    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        with suppress(ValueError, OSError):  # a system that does not know the limit, or has a lower one
            resource.setrlimit(limit, (most, most))
    _leave_the_network()
    sys.addaudithook(_refuse)


def _leave_the_network() -> None:
    """A network of its own, with nothing in it, where the system grants that (Linux, with user namespaces)."""
    import ctypes

    new_user, new_network = 0x10000000, 0x40000000
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(new_user | new_network)


_REFUSED = ("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.", "os.system", "os.exec", "os.fork",
            "os.posix_spawn", "os.spawn", "pty.")  # fmt: skip


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Python's own doors. A hook stays for the life of the process."""
    if event.startswith(_REFUSED):
        raise PermissionError(f"{event} is not for readers of documents")
