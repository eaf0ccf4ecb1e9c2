"""A PostgreSQL for a while: one that answers, or one made in a folder and ended afterwards.

`FABRIQUE_TEST_POSTGRES` names a server (postgres://user@host:port); else the one of loopback is
tried, else Debian's tools make a cluster that only its own folder reaches.
"""

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path

import psycopg
import pytest

LOOPBACK = "postgres://postgres@127.0.0.1:5432"
_kept = ExitStack()  # a cluster of one's own serves all tests of this process
atexit.register(_kept.close)


def _tools():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _answers(server):
    with suppress(psycopg.Error):
        psycopg.connect(f"{server}/postgres", connect_timeout=3).close()
        return True
    return False


@contextmanager
def _cluster():
    """Make a cluster of one's own; PostgreSQL refuses to run as root."""
    tools = _tools()
    if tools is None:
        pytest.skip("no PostgreSQL here: none answers, and Debian's tools are not installed")
    become = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="fabrique-pg-"))
    if become:
        shutil.chown(folder, "postgres", "postgres")

    def run(tool, *options):
        command = [*become, str(tools / tool), *map(str, options)]
        subprocess.run(command, check=True, capture_output=True, cwd=folder)

    port = _free_port()
    try:
        run("initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8")
        listen = f"-c listen_addresses=127.0.0.1 -c port={port} -k {folder}"
        run("pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", listen, "start")
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"no PostgreSQL here: {error}")
    try:
        yield f"postgres://postgres@127.0.0.1:{port}"
    finally:
        run("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@cache
def _server():
    for server in filter(None, (os.environ.get("FABRIQUE_TEST_POSTGRES"), LOOPBACK)):
        if _answers(server):
            return server
    return _kept.enter_context(_cluster())


@contextmanager
def postgres():
    """Give the address of an empty database, dropped at the end; skip where there can be none."""
    server, name = _server(), f"fabrique_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as line:
        line.execute(f'CREATE DATABASE "{name}"')
        # No test cuts the power: what is committed need not be on disk.
        line.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as line:
            line.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
