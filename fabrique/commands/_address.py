"""Where a command listens: read and tried before anything is made."""

from __future__ import annotations

import argparse
import socket

from fabrique.domain.text import Invalid, Text

LAST_PORT = 65_535
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - asked for, never our default


def add_address(parser: argparse.ArgumentParser) -> None:
    """Take where to listen."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port, default=8000)


def port(text: str) -> int:
    """Read a port; raise `ValueError`."""
    number = int(text)
    if not 0 < number <= LAST_PORT:
        raise ValueError(text)
    return number


def from_here(host: str, number: int) -> str:
    """Give the address at which this machine itself reaches what listens there."""
    return f"http://{EVERYWHERE.get(host, host)}:{number}"


def claim(host: str, number: int) -> None:
    """Raise `OSError` where the port is taken, `Invalid` where the host is none at all."""
    try:
        found = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise Invalid(Text("There is no machine named “{host}”.", {"host": host})) from None
    try:
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise OSError(error.errno, error.strerror, f"{host}:{number}") from None
