"""The headers of every kind of page, by the rules of Mozilla’s HTTP Observatory: what its best grade asks for.

`make lighthouse` runs the Observatory’s own code over the same pages. The rules are those of its algorithm, version 4.
"""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from email.message import Message

import pytest

from tests.browser.conftest import RunningNewsroom
from tests.browser.test_reader import ARTICLE, PAGES

OTHERS = {
    "feed": "/feed.xml",
    "JSON feed": "/feed.json",
    "sitemap": "/sitemap.xml",
    "robots": "/robots.txt",
    "card": f"{ARTICLE}card.png",
    "verifier": "/verify/verify.html",
    "how to flag": "/comments/flag/1/",
    "what is kept": "/comments/data/",
    "log": "/log/checkpoint",
}
EVERY_KIND = pytest.mark.parametrize("address", [*PAGES.values(), *OTHERS.values()], ids=[*PAGES, *OTHERS])
SIX_MONTHS = 15_768_000


def answer(address: str, method: str = "GET", **headers: str) -> tuple[int, Message]:
    asked = urllib.request.Request(address, method=method, headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=60) as answered:
            return answered.status, answered.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


def policy_of(headers: Message) -> dict[str, list[str]]:
    (policy,) = headers.get_all("content-security-policy", [])
    directives = [part.split() for part in policy.split(";")]
    assert len({name for name, *_ in directives}) == len(directives), "a directive stands twice"
    return {name: values for name, *values in directives}


@EVERY_KIND
def test_a_page_has_the_headers_of_the_best_grade(running_newsroom: RunningNewsroom, address: str) -> None:
    status, headers = answer(running_newsroom.address + address)
    assert status in (200, 404, 410)
    policy = policy_of(headers)
    assert policy["default-src"] == ["'none'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "data:", "https:", "http:", "*"} & {
        value for values in policy.values() for value in values
    }
    if "sandbox" not in policy:  # what is only looked at runs nothing, and needs no more
        assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
        assert policy["form-action"] == ["'self'"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    age = re.fullmatch(r"max-age=(\d+)", headers["strict-transport-security"])
    assert age
    assert int(age[1]) >= SIX_MONTHS
    assert headers["set-cookie"] is None


@pytest.mark.parametrize("address", ["/", ARTICLE, "/search/?q=cable", "/comments/data/"])
def test_no_other_site_may_read_what_a_readers_browser_is_told(running_newsroom: RunningNewsroom, address: str) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    for method in ("OPTIONS", "GET"):
        _, headers = answer(running_newsroom.address + address, method, **asked)
        assert headers["access-control-allow-origin"] is None


def test_an_archived_copy_can_be_looked_at_and_cannot_run(running_newsroom: RunningNewsroom) -> None:
    with urllib.request.urlopen(f"{running_newsroom.address}{PAGES['table']}", timeout=60) as answered:
        found = re.search(r'href="(/sources/[0-9a-f]{64}\.html)"', answered.read().decode())
    assert found
    status, headers = answer(running_newsroom.address + found[1])
    assert status == 200
    assert policy_of(headers) == {"default-src": ["'none'"], "sandbox": []}
    assert headers["set-cookie"] is None


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_every_script_is_the_newsrooms_own(running_newsroom: RunningNewsroom, address: str) -> None:
    asked = urllib.request.Request(running_newsroom.address + address)
    try:
        with urllib.request.urlopen(asked, timeout=60) as answered:
            text = answered.read().decode()
    except urllib.error.HTTPError as error:
        text = error.read().decode()
    scripts = re.findall(r"<script([^>]*)>", text)
    assert scripts
    assert all(re.search(r'src="/(?!/)|type="application/ld\+json"', script) for script in scripts)
