"""Lines of the log as JSON, one object each: for programs that collect and search them."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

_FIELDS = ("event", "pages", "seconds", "address", "cache", "tries")
"""What a message may carry beside its words. Nothing else gets out: no request, and so no reader's address."""


class JsonLines(logging.Formatter):
    """{"at": …, "level": …, "from": …, "says": …}, with fields and the traceback where there are any."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
            **{name: record.__dict__[name] for name in _FIELDS if name in record.__dict__},
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
