"""Log lines: readable in a terminal, one JSON object a line wherever a program collects them."""

import json
import logging
import sys
from datetime import UTC, datetime


class Structured(logging.Formatter):
    """One JSON object for each record; a fault's lines stand within it."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
            "thread": record.threadName,
        }
        if record.exc_info:
            told["fault"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def formatter() -> str:
    """Which of the formatters suits where the log goes."""
    return "line" if sys.stderr is not None and sys.stderr.isatty() else "structured"
