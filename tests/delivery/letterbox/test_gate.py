"""The gate before the letterbox: a crowd there is held back before anything is handed on, and keeps no editor out."""

from __future__ import annotations

from pathlib import Path

from cryptonewshub.delivery.behind import Behind


def _ask(behind: Behind, path: str, client: str, method: str = "POST", **headers: str) -> str:
    """The status. Nobody is at home behind the socket, so whoever is let in hears 503."""
    said: list[str] = []
    environ = {"PATH_INFO": path, "REQUEST_METHOD": method, "REMOTE_ADDR": client, **headers}
    behind.answer(environ, lambda status, headers: said.append(status))
    return said[0][:3]


def test_one_network_is_let_in_ten_times_and_editors_are_not_counted(tmp_path: Path) -> None:
    behind = Behind(tmp_path / "nobody.sock", ("/admin/", "/comments/"))
    statuses = [_ask(behind, "/comments/write/x/", f"203.0.113.{n}") for n in range(200)]
    assert statuses == ["503"] * 10 + ["429"] * 190
    assert {_ask(behind, "/admin/", "203.0.113.1", "GET") for _ in range(200)} == {"503"}
    assert _ask(behind, "/comments/write/x/", "198.51.100.1") == "503"


def test_all_networks_together_are_let_in_so_often(tmp_path: Path) -> None:
    behind = Behind(tmp_path / "nobody.sock", ("/comments/",))
    statuses = [_ask(behind, "/comments/write/x/", f"10.{n // 250}.{n % 250}.1") for n in range(1_000)]
    assert 40 <= statuses.count("503") <= 60
    assert statuses[-1] == "429"


def test_behind_a_proxy_of_ours_its_word_counts(tmp_path: Path) -> None:
    plain = Behind(tmp_path / "nobody.sock", ("/comments/",))
    proxied = Behind(tmp_path / "nobody.sock", ("/comments/",), behind_proxy=True)
    for behind, let_in in ((plain, 10), (proxied, 30)):
        statuses = [
            _ask(behind, "/comments/write/x/", "192.0.2.1", HTTP_X_FORWARDED_FOR=f"9.9.9.9, 203.0.{n}.1")
            for n in range(30)
        ]
        assert statuses.count("503") == let_in


def test_a_crowd_that_searches_keeps_nobody_else_out(tmp_path: Path) -> None:
    behind = Behind(tmp_path / "nobody.sock", ("/admin/", "/search/", "/readyz", "/comments/"))
    statuses = [_ask(behind, "/search/", f"203.0.113.{n}", "GET") for n in range(200)]
    assert statuses[:60] == ["503"] * 60
    assert statuses[-1] == "429"
    assert _ask(behind, "/search", "203.0.113.1", "GET") == "429"
    assert _ask(behind, "/search/", "198.51.100.1", "GET") == "503"
    for path in ("/admin/", "/readyz", "/comments/x/"):
        assert _ask(behind, path, "203.0.113.1", "GET") == "503"
