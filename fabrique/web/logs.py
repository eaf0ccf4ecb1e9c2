"""Lines of the log: what happened, without the tokens that an address may carry."""

from __future__ import annotations

import logging
import re

# What leads to a token in an address; `/call/` alone leads to a page of the house.
_BEFORE = (
    "/enter/|/account/link/|/feeds/|/mail/stop/|/invited/|/poll/|/r/|/checkin/|/speaking/|/ask/"
    "|/call/(?=[^/]*:)|[?&]token="
)
_TOKEN = re.compile(rf"({_BEFORE})[^\s&'\"]+")


class Tokenless(logging.Formatter):
    """Writes a record with its tokens taken out: a link that is still good must not lie about."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        return _TOKEN.sub(r"\1…", super().format(record))
