"""The port on which a newsroom's numbers stand, for this machine or a private network: never for the public."""

from __future__ import annotations

import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptonewshub.cli.newsroom import NewsroomError


def serve_metrics(place: str) -> None:
    """Answers `GET /metrics` at 'host:port', or at a port of this machine, in the background; '' for nowhere.

    Raises NewsroomError for an address that is none or is in use.
    """
    if not place:
        return
    host, _, port = place.rpartition(":")
    try:
        server = ThreadingHTTPServer((host or "127.0.0.1", int(port)), _Metrics)
    except (ValueError, OverflowError):
        raise NewsroomError(
            f"CNH_METRICS is “{place}”; it must be a port, or an address such as 127.0.0.1:9464."
        ) from None
    except OSError as error:
        raise NewsroomError(f"CNH_METRICS: {place} cannot be opened: {error.strerror}.") from error
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True, name="metrics").start()


class _Metrics(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        from django.db import close_old_connections

        from cryptonewshub.delivery.metrics import metrics_text

        if self.path != "/metrics":
            self.send_error(404)
            return
        close_old_connections()
        try:
            body = metrics_text().encode()
        except Exception:
            logging.getLogger(__name__).exception("The numbers could not be told.")
            self.send_error(503)
            return
        finally:
            close_old_connections()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Who watches is not written down either."""
