"""What a monitor says of a log that breaks a rule, one rule at a time, and of one that contradicts its own past."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from cryptonewshub.cli.main import main
from cryptonewshub.tlog.strict_json import Value
from cryptonewshub.tlog.strict_json import write as canonical
from cryptonewshub.verifier.memory import Seen
from cryptonewshub.verifier.monitor import monitor
from cryptonewshub.verifier.places import Newsroom
from cryptonewshub.verifier.story import Report
from tests.verifier.mirrored import DESK, LOG, NEXT_DESK, NEXT_LOG, WITNESS, Mirror, article_id, as_value
from tests.verifier.newsroom import failures

KEY = str(LOG.verifier)


@pytest.fixture
def mirror(tmp_path: Path) -> Mirror:
    """Two articles, of which one has two versions."""
    made = Mirror(tmp_path / "mirror").found()
    made.version(1)
    made.version(2)
    made.version(1, 2)
    return made


def watch(mirror: Mirror, seen: Seen | None = None, key: str | None = KEY, *witnesses: str) -> Report:
    return monitor(Newsroom(mirror.folder), seen=seen or Seen(), key=key, witnesses=witnesses)


def test_a_log_that_keeps_the_rules_is_well_and_is_followed(mirror: Mirror) -> None:
    mirror.publish()
    seen = Seen()
    report = watch(mirror, seen)
    assert report.verified, failures(report)
    for number in range(3, 300):
        mirror.version(number)
    mirror.publish()
    report = watch(mirror, seen)
    assert report.verified, failures(report)
    assert (report.facts["new"], seen.size) == (297, 301)


def _stranger_signs(mirror: Mirror) -> None:
    mirror.version(3, key=NEXT_DESK)


def _signature_of_another_entry(mirror: Mirror) -> None:
    value = as_value(mirror.entries[1])
    mirror.enter_bytes(canonical({**value, "article": article_id(7)}))


def _gap(mirror: Mirror) -> None:
    mirror.version(1, 4)


def _first_again(mirror: Mirror) -> None:
    mirror.version(2, 1)


def _wrong_prev(mirror: Mirror) -> None:
    mirror.version(1, 3, prev="ab" * 32)


def _earlier(mirror: Mirror) -> None:
    mirror.version(3, at="2026-03-02T07:59:59Z")


def _unknown_key_in_an_entry(mirror: Mirror) -> None:
    mirror.version(3, note="a name")


def _rubbish(mirror: Mirror) -> None:
    mirror.enter_bytes(b"\xff rubbish")


def _second_genesis(mirror: Mirror) -> None:
    mirror.found()


def _withdrawal_of_another_article(mirror: Mirror) -> None:
    value: dict[str, Value] = {
        "kind": "withdraw",
        "article": article_id(1),
        "prev": mirror.last[article_id(1)],
        "of": [2],
    }
    mirror.enter({**value, "basis": "legal", "scope": "whole"})


def _document_of_keys_is_missing(mirror: Mirror) -> None:
    mirror.enter({"kind": "key", "doc": "ab" * 32})


def _after_the_end(mirror: Mirror) -> None:
    name = mirror.file(
        "log/doc", canonical({"v": 1, "origin": LOG.name, "size": 4, "root": "ab" * 32, "next": "x/log2"})
    )
    mirror.enter({"kind": "end", "doc": name})
    mirror.version(3)


RULES: list[tuple[Callable[[Mirror], None], str]] = [
    (_stranger_signs, "Entry 4 is signed by a key that is not one of the newsroom’s."),
    (_signature_of_another_entry, "The signature of entry 4 is not valid"),
    (_gap, "Entry 4 is version 4 of article 00000000-0000-4000-8000-000000000001, where version 3 is due."),
    (_first_again, "Entry 4 does not follow the last entry of its article"),
    (_wrong_prev, "Entry 4 does not follow the last entry of its article"),
    (_earlier, "Entry 4 is of 2026-03-02T07:59:59Z, which is before the entry before it"),
    (_unknown_key_in_an_entry, "Entry 4 does not have the keys of a “version” and no other."),
    (_rubbish, "entry 4 is not UTF-8"),
    (_second_genesis, "Entry 4 is a “genesis”"),
    (_withdrawal_of_another_article, "Entry 4 withdraws entry 2, which is no version of its article."),
    (_document_of_keys_is_missing, "The document of entry 4 (/log/doc/abab"),
    (_after_the_end, "Entry 5 stands after the entry that ends the log."),
]


@pytest.mark.parametrize(("act", "sentence"), RULES, ids=lambda value: getattr(value, "__name__", ""))
def test_an_entry_that_breaks_a_rule_is_told_in_every_run(
    mirror: Mirror, act: Callable[[Mirror], None], sentence: str
) -> None:
    seen = Seen()
    mirror.publish()
    assert watch(mirror, seen).verified
    act(mirror)
    mirror.publish()
    for report in (watch(mirror, seen), watch(mirror, seen), watch(mirror)):
        assert any(sentence in text for text in failures(report)), failures(report)
    assert seen.size == len(mirror.entries)


def test_keys_change_by_entries_of_the_log_alone(mirror: Mirror) -> None:
    seen = Seen()
    mirror.publish()
    assert watch(mirror, seen).verified
    mirror.change_keys([LOG, NEXT_LOG], NEXT_DESK)
    mirror.version(3)
    mirror.publish()
    assert watch(mirror, seen).verified
    mirror.change_keys([NEXT_LOG], NEXT_DESK)
    mirror.publish()
    report = watch(mirror, seen)
    assert report.verified, failures(report)
    mirror.version(4, key=DESK)
    mirror.publish()
    assert any("not one of the newsroom’s" in text for text in failures(watch(mirror, seen)))


def test_keys_that_the_log_does_not_name_sign_nothing(mirror: Mirror) -> None:
    mirror.log = [NEXT_LOG]
    mirror.publish()
    report = watch(mirror, key=None)
    assert any("by a key that the log’s own documents name" in text for text in failures(report))
    assert any("lists other keys" in text for text in failures(report))


def test_witnesses_are_counted(mirror: Mirror) -> None:
    mirror.publish(witness=True)
    told = [step.text for step in watch(mirror, None, KEY, str(WITNESS.verifier)).steps]
    assert "The checkpoint is cosigned by 1 of 1 witnesses: witness.example." in told
    mirror.publish()
    told = [step.text for step in watch(mirror, None, KEY, str(WITNESS.verifier)).steps]
    assert "The checkpoint is cosigned by 0 of 1 witnesses." in told


def _rewritten(mirror: Mirror) -> None:
    other = Mirror(mirror.folder).found()
    for number in range(7, 17):
        other.version(number)
    other.publish()


def _smaller(mirror: Mirror) -> None:
    mirror.publish(size=3)


def _two_roots(mirror: Mirror) -> None:
    other = Mirror(mirror.folder).found()
    for number in range(7, 10):
        other.version(number)
    other.publish()


def _another_key(mirror: Mirror) -> None:
    mirror.log = [NEXT_LOG]
    mirror.publish()


def _entry_changed(mirror: Mirror) -> None:
    mirror.version(3)
    mirror.publish()
    bundle = mirror.folder / "log" / "tile" / "entries" / "000.p" / "5"
    bundle.write_bytes(bundle.read_bytes().replace(b'"first"', b'"fjrst"'))


def _tile_changed(mirror: Mirror) -> None:
    mirror.version(3)
    mirror.publish()
    tile = mirror.folder / "log" / "tile" / "0" / "000.p" / "5"
    tile.write_bytes(tile.read_bytes()[:-1] + b"x")


def _another_log(mirror: Mirror) -> None:
    (mirror.folder / "log" / "checkpoint").write_bytes(b"rubbish\n")


PASTS: list[tuple[Callable[[Mirror], None], str]] = [
    (_rewritten, "REWRITTEN, OR TWO READERS ARE SHOWN TWO LOGS. Its first 4 entries are not those"),
    (_smaller, "REWRITTEN, OR TWO READERS ARE SHOWN TWO LOGS. It had 4 entries"),
    (_two_roots, "Two different roots were signed for 4 entries."),
    (_another_key, "not signed by the log’s key"),
    (_entry_changed, "entries of the log (tile/entries/) do not hash to the root"),
    (_tile_changed, "tiles of the log (tile/) do not hash to the root"),
    (_another_log, "The checkpoint is not a text"),
]


@pytest.mark.parametrize(("act", "sentence"), PASTS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_log_against_its_past_is_told_and_nothing_seen_is_forgotten(
    mirror: Mirror, act: Callable[[Mirror], None], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["monitor", str(mirror.publish()), "--state", str(tmp_path / "state"), "--key", KEY]
    assert main(words) == 0
    kept = (tmp_path / "state").read_bytes()
    act(mirror)
    for _ in range(2):
        assert main(words) == 1
        assert sentence in capsys.readouterr().out
        assert (tmp_path / "state").read_bytes() == kept


def test_both_checkpoints_of_a_split_view_are_handed_out(mirror: Mirror) -> None:
    seen = Seen()
    mirror.publish()
    watch(mirror, seen)
    before, note = asdict(seen), seen.note
    _two_roots(mirror)
    report = watch(mirror, seen)
    assert report.facts["checkpoint_seen"] == note
    assert report.facts["checkpoint_shown"] == (mirror.folder / "log" / "checkpoint").read_text()
    assert asdict(seen) == before


@contextmanager
def served(folder: Path, broken: tuple[str, ...] = ()) -> Iterator[str]:
    """The mirror over HTTP: `/log/` from the log, the rest from the site; what is broken answers 500."""

    class Handler(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return str(folder / path.lstrip("/")) if path.startswith("/log/") else str(folder / "site") + path

        def do_GET(self) -> None:
            if self.path in broken:
                self.send_error(500)
                return
            super().do_GET()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_site_is_watched_over_http(mirror: Mirror, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(mirror.publish()) as address:
        words = ["monitor", address, "--state", str(tmp_path / "state"), "--key", KEY, "--json"]
        assert main(words) == 0, capsys.readouterr().out
        assert json.loads(capsys.readouterr().out)["size"] == 4
        assert main(words) == 0
    assert main(words) == 2
    assert "cannot be reached" in capsys.readouterr().err


def test_a_page_that_answers_with_an_error_is_told(mirror: Mirror, capsys: pytest.CaptureFixture[str]) -> None:
    with served(mirror.publish(), ("/stories/2/",)) as address:
        assert main(["monitor", address, "--key", KEY]) == 1
    assert "/stories/2/: The page is not there." in capsys.readouterr().out
    with served(mirror.folder, ("/log/checkpoint",)) as address:
        assert main(["monitor", address, "--key", KEY]) == 2
    assert "answers 500" in capsys.readouterr().err
