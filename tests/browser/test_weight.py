"""What a story weighs on its way to a reader, measured by the browser that fetches it: packed as it is served."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import RunningNewsroom

STORIES = sorted(
    [
        "/diplomacy/seabed-convention-analysis/",  # the heaviest of the demo
        "/diplomacy/corravia-assembly-live/",
        "/energy/merrow-link-anchor/",
        "/security/sable-dawn-crew-home-ar/",
    ]
)


def weights(browser: Browser, address: str) -> Counter[str]:
    """The bytes that came over the wire, by the kind of thing that they are; without the headers of the answers."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    answers, found = dict[str, tuple[str, int]](), Counter[str]()
    session.send("Network.enable")

    def answered(event: dict[str, Any]) -> None:
        answers[event["requestId"]] = event["type"], int(event["response"]["encodedDataLength"])

    def count(event: dict[str, Any]) -> None:
        kind, headers = answers[event["requestId"]]
        found[kind] += int(event["encodedDataLength"]) - headers

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", count)
    page.goto(address, wait_until="networkidle")
    context.close()
    return found


@pytest.mark.parametrize("story", STORIES)
def test_a_story_is_light(browser: Browser, running_newsroom: RunningNewsroom, story: str) -> None:
    found = weights(browser, running_newsroom.address + story)
    light = found["Document"] + found["Stylesheet"] + found["Script"]
    assert 0 < found["Document"] < 12_000, found
    assert found["Script"] < 8_000, found
    assert light < 20_000, found
    assert light + found["Font"] < 60_000, found
