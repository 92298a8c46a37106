"""Which addresses the newsroom may ask, and which it refuses before a byte is sent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cryptonewshub.sources.destinations import (
    PORTS,
    FetchRefused,
    destination_of,
    is_public,
    public_numbers,
    require_open,
)

PUBLIC = "93.184.216.34"
SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "bad-inputs" / "own" / "ssrf_urls.jsonl"


def judge(url: str, numbers: list[str] | None = None) -> list[str]:
    """What a request of this address would connect to."""
    destination = destination_of(url)
    require_open(destination, PORTS)
    return public_numbers(destination, lambda host, port: numbers if numbers is not None else [PUBLIC])


@pytest.mark.parametrize(
    ("url", "host", "target"),
    [
        ("https://news.example", "news.example", "/"),
        ("HTTPS://News.Example.:443/a?b=c#d", "news.example", "/a?b=c"),
        ("https://bücher.example/ü?ö", "xn--bcher-kva.example", "/%C3%BC?%C3%B6"),
        ("http://news.example?q=1", "news.example", "/?q=1"),
        ("http://news.example#@127.0.0.1/../", "news.example", "/"),
        ("https://[2606:2800:220:1::1946]/", "2606:2800:220:1::1946", "/"),
        ("https://news.example/already%20there", "news.example", "/already%20there"),
    ],
)
def test_plain_addresses_are_read(url: str, host: str, target: str) -> None:
    destination = destination_of(url)
    assert (destination.host, destination.target) == (host, target)
    assert judge(url)


@pytest.mark.parametrize(
    "url",
    [
        "", " ", "news.example", "//news.example/", "http:", "http://", "http:///x", "https:news.example",
        "ftp://news.example/", "file:///etc/passwd", "gopher://news.example/", "http+unix://%2Fsock/",
        "http://a@news.example/", "http://news.example\\@10.0.0.1/", "http://10.0.0.1\\@news.example/",
        "http://news.example%00.example/", "http://news\t.example/", "http://news.example/\r\nHost: x",
        "http://news..example/", "http://.news.example/", "http://-news.example/", "http://xn--a.example/",
        "http://" + "a" * 64 + ".example/", "http://" + "a." * 130 + "example/", "https://news.example/" + "a" * 3000,
        "http://[::1", "http://::1/", "http://[fe80::1%25eth0]/", "http://news.example:80:81/", "http://news.example:８０/",
        "http://\u202enews.example/", "http://news.example:0/", "http://news.example:99999/", "http://news.example:22/",
        "http://127.1/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://2130706433/", "http://0/", "http://127.0.0.1/",
        "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::7f00:1]/",
        "http://localhost/", "http://desk.localhost/", "http://printer.local/", "http://wiki.corp/", "http://intranet/",
    ],
)  # fmt: skip
def test_addresses_that_are_none_or_lead_inside_are_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        judge(url)
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    "numbers",
    [
        ["127.0.0.1"], ["10.1.2.3"], [PUBLIC, "10.0.0.1"], ["::ffff:10.0.0.1"], ["169.254.169.254"], ["100.64.0.1"],
        ["224.0.0.1"], ["ff02::1"], ["fec0::1"], ["::127.0.0.1"], ["2002:7f00:1::"], ["64:ff9b:1::a00:1"],
        ["3fff::1"], ["2001::1"], ["192.88.99.1"], ["192.0.0.8"], ["5f00::1"], ["fe80::1%eth0"], ["nonsense"], [],
    ],
)  # fmt: skip
def test_a_name_with_one_number_inside_is_refused(numbers: list[str]) -> None:
    with pytest.raises(FetchRefused):
        judge("http://news.example/", numbers)


def test_the_numbers_that_were_judged_are_the_ones_to_connect_to() -> None:
    assert judge("http://news.example/", [PUBLIC, "2606:2800:220:1::1946"]) == [PUBLIC, "2606:2800:220:1::1946"]


@given(st.integers(0, 2**32 - 1))
def test_no_public_number_is_in_a_private_network(number: int) -> None:
    import ipaddress

    address = ipaddress.IPv4Address(number)
    if is_public(str(address)):
        assert not any((address.is_private, address.is_loopback, address.is_link_local, address.is_multicast))
        assert is_public(f"::ffff:{address}")


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"https://{text}.example/{text}"):
        try:
            destination = destination_of(url)
        except FetchRefused:
            continue
        assert destination.url.isascii()
        assert destination_of(destination.url) == destination


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not there")
def test_collected_addresses_have_the_expected_verdict() -> None:
    wrong = []
    for line in SHARED.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if "url" not in case:
            continue
        numbers = case.get("resolver", {}).get(case["url"].split("/")[2] if "//" in case["url"] else "", [None])[0]
        if "nip.io" in case["url"]:
            numbers = ["127.0.0.1"]  # what that name server says
        try:
            judged = judge(case["url"], numbers)
        except FetchRefused:
            judged = []
        is_expected = bool(judged) == case["expect"].startswith("allow")
        if case["expect"].startswith("refuse-or"):
            is_expected = judged == numbers
        if "operator lists" in case["why"]:
            is_expected = not judged
        wrong += [] if is_expected else [case]
    assert wrong == []
