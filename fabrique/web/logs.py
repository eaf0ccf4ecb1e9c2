"""Lines of the log: what happened, without the tokens that an address may carry."""

from __future__ import annotations

import logging
import re

_TOKEN = re.compile(r"(/enter/|/feeds/|/mail/stop/|[?&]token=)[^\s&'\"]+")


class Tokenless(logging.Formatter):
    """Writes a record with its tokens taken out: a link that is still good must not lie about."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        return _TOKEN.sub(r"\1…", super().format(record))
