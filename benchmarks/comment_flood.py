"""A flood of comments against a served newsroom, and what readers and editors notice of it.

    python -m benchmarks.comment_flood http://localhost:8000 /energy/merrow-link-anchor/ --seconds 60 --rate 1000

It runs on the same machine, from as many loopback networks as asked for, stops by itself, and prints one line of JSON:
how the page was answered in peace and in the flood (p50, p99, their ratio), what the flood's requests got and how soon,
and how many the newsroom said that it took. Compare `taken` with what `cnh comments export -` has.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from urllib.parse import urlencode, urlsplit

MOST_AT_ONCE = 400
PAGES_A_SECOND = 50


@dataclass(slots=True)
class Answers:
    """Statuses, with the seconds that each answer took."""

    took: dict[int, list[float]] = field(default_factory=dict)

    def add(self, status: int, seconds: float) -> None:
        self.took.setdefault(status, []).append(seconds)

    def count(self, *statuses: int) -> int:
        return sum(len(self.took.get(status, ())) for status in statuses)

    def milliseconds(self, share: float, *statuses: int) -> float:
        """The time within which that share of the answers came."""
        taken = sorted(seconds for status in statuses or self.took for seconds in self.took.get(status, ()))
        return round(1000 * taken[min(len(taken) - 1, int(share * len(taken)))], 1) if taken else 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """A served newsroom, one of its stories, and the address to which comments on it are sent."""

    host: str
    port: int
    story: str
    write: str


async def place_of(address: str, story: str) -> Place:
    parts = urlsplit(address)
    host, port = parts.hostname or "localhost", parts.port or 80
    _, body = await ask(host, port, f"GET {story}comments/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    found = re.search(rb'action="(/comments/write/[0-9a-f-]+/)"', body)
    if not found:
        raise SystemExit(f"The comments of {story} are closed, or it is no story.")
    return Place(host, port, story, found[1].decode())


async def ask(host: str, port: int, request: str, source: str | None = None) -> tuple[int, bytes]:
    """One request on a connection of its own: the status and everything that came; 0 when nothing did."""
    local = (source, 0) if source else None
    try:
        reader, writer = await asyncio.open_connection(host, port, local_addr=local)
    except OSError:
        return 0, b""
    try:
        writer.write(request.encode())
        answer = await asyncio.wait_for(reader.read(-1), 30)
        return int(answer[9:12] or b"0"), answer
    except (OSError, ValueError, TimeoutError):
        return 0, b""
    finally:
        writer.close()


async def read_pages(place: Place, seconds: float, answers: Answers) -> None:
    """A reader every 20 ms."""
    request = f"GET {place.story} HTTP/1.1\r\nHost: {place.host}:{place.port}\r\nConnection: close\r\n\r\n"
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        status, _ = await ask(place.host, place.port, request)
        answers.add(status, time.monotonic() - began)
        await asyncio.sleep(max(0.0, 1 / PAGES_A_SECOND - (time.monotonic() - began)))


async def send_comments(place: Place, seconds: float, rate: int, networks: int, answers: Answers) -> None:
    """`rate` comments a second, each on a connection of its own, from one loopback network after another."""
    room = asyncio.Semaphore(MOST_AT_ONCE)
    sending: set[asyncio.Task[None]] = set()
    began = time.monotonic()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
        if time.monotonic() > began + seconds:
            break
        await room.acquire()
        task = asyncio.create_task(_send(place, number, networks, answers, room))
        sending.add(task)
        task.add_done_callback(sending.discard)
    await asyncio.gather(*sending)


async def _send(place: Place, number: int, networks: int, answers: Answers, room: asyncio.Semaphore) -> None:
    began = time.monotonic()
    body = urlencode({"name": f"R{number}", "body": f"Comment {number} of a flood, {began}."})
    head = (
        f"POST {place.write} HTTP/1.1\r\nHost: {place.host}:{place.port}\r\nConnection: close\r\n"
        "Sec-Fetch-Site: same-origin\r\nAccept: application/json\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    turn = number % networks
    status, _ = await ask("127.0.0.1", place.port, head + body, f"127.{1 + turn // 250}.{turn % 250}.1")
    answers.add(status, time.monotonic() - began)
    room.release()


def sent_comments(place: Place, seconds: float, rate: int, networks: int) -> Answers:
    """The flood alone, to its end."""
    answers = Answers()
    asyncio.run(send_comments(place, seconds, rate, networks, answers))
    return answers


async def flood(place: Place, *, seconds: float, rate: int, networks: int) -> dict[str, object]:
    """The same readers in peace and in the flood."""
    peace, war, editors = Answers(), Answers(), Answers()
    await read_pages(place, min(seconds, 20), peace)
    began = time.monotonic()
    loop = asyncio.get_running_loop()
    # The flood comes from a process of its own: whoever measures must not be kept waiting by it.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as flooder:
        flooding = loop.run_in_executor(flooder, sent_comments, place, seconds, rate, networks)
        await asyncio.gather(read_pages(place, seconds, war), _log_in_now_and_then(place, seconds, editors))
        sent = await flooding
    took = time.monotonic() - began
    return {
        "pages": {
            "peace": {"p50": peace.milliseconds(0.5), "p99": peace.milliseconds(0.99), "statuses": _counts(peace)},
            "flood": {"p50": war.milliseconds(0.5), "p99": war.milliseconds(0.99), "statuses": _counts(war)},
            "ratio_p99": round(war.milliseconds(0.99) / (peace.milliseconds(0.99) or 1), 2),
        },
        "sent_a_second": round(sum(_counts(sent).values()) / took),
        "sent": _counts(sent),
        "taken": sent.count(201),
        "refused_429": {"p50": sent.milliseconds(0.5, 429), "p99": sent.milliseconds(0.99, 429)},
        "editors_login_page": {
            "p50": editors.milliseconds(0.5),
            "worst": editors.milliseconds(1.0),
            **_counts(editors),
        },
    }


async def _log_in_now_and_then(place: Place, seconds: float, answers: Answers) -> None:
    """The editors' login page, every second: they share the process that takes comments."""
    request = f"GET /admin/login/ HTTP/1.1\r\nHost: {place.host}:{place.port}\r\nConnection: close\r\n\r\n"
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        status, _ = await ask(place.host, place.port, request)
        answers.add(status, time.monotonic() - began)
        await asyncio.sleep(1)


def _counts(answers: Answers) -> dict[str, int]:
    return {str(status): len(taken) for status, taken in sorted(answers.took.items())}


def main() -> None:
    parser = argparse.ArgumentParser(description="Flood a served newsroom with comments, and measure readers.")
    parser.add_argument("address", help="such as http://localhost:8000; on this machine only")
    parser.add_argument("story", help="the path of a story, such as /energy/merrow-link-anchor/")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rate", type=int, default=1000)
    parser.add_argument("--networks", type=int, default=1, help="1 to 60000 loopback networks")
    arguments = parser.parse_args()
    if urlsplit(arguments.address).hostname not in ("localhost", "127.0.0.1"):
        raise SystemExit("Only a newsroom on this machine is flooded.")
    print(json.dumps(asyncio.run(_run(arguments))))


async def _run(arguments: argparse.Namespace) -> dict[str, object]:
    place = await place_of(arguments.address, arguments.story)
    return await flood(place, seconds=arguments.seconds, rate=arguments.rate, networks=arguments.networks)


if __name__ == "__main__":
    main()
