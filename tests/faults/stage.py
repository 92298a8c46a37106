"""A program with the whole newsroom loaded, which forks a child for each command: so a hundred crashes take no hour.

It reads one JSON object a line: `{"home", "words", "env", "out", "stopped"}` starts `cnh words…` in that CNH_HOME with
its output in a file and answers with the process's number; `{"wait": number}` answers with its exit status, which is
negative for a signal.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

LOADED = (
    "cryptonewshub.cli.init",
    "cryptonewshub.cli.publish",
    "cryptonewshub.cli.bake",
    "cryptonewshub.cli.log",
    "cryptonewshub.editions.custody",
    "cryptonewshub.editions.rebuilding",
    "cryptonewshub.cli.founding",
    "cryptonewshub.accuracy.gate",
    "cryptonewshub.delivery.baking",
    "cryptonewshub.editions.founding",
    "cryptonewshub.editions.publishing",
    "wagtail.admin.urls",
)


def main() -> None:
    from cryptonewshub.cli.newsroom import set_up_django

    set_up_django()
    for name in LOADED:
        importlib.import_module(name)
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        print(_wait(order["wait"]) if "wait" in order else _start(order), flush=True)


def _start(order: dict[str, Any]) -> int:
    child = os.fork()
    if child == 0:
        _run(order)
    return child


def _wait(child: int) -> int:
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _run(order: dict[str, Any]) -> NoReturn:
    out = os.open(order["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    for stream in (1, 2):
        os.dup2(out, stream)
    os.environ.update(order.get("env", {}), CNH_HOME=order["home"])
    _move_into(Path(order["home"]))
    if order.get("stopped"):
        os.kill(os.getpid(), signal.SIGSTOP)
    from cryptonewshub.cli.main import main as cnh

    status = 70
    try:
        status = cnh(order["words"])
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


def _move_into(home: Path) -> None:
    from django.conf import settings
    from django.db import connections

    from cryptonewshub.config.database import database_of
    from cryptonewshub.config.home import Home

    settings.CNH_HOME = Home(home)
    settings.MEDIA_ROOT = str(home / "media")
    connections.settings["default"].update(database_of(os.environ.get("CNH_DATABASE_URL", ""), Home(home).database))


if __name__ == "__main__":
    main()
