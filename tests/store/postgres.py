"""A PostgreSQL for a while: one that answers, or one made in a folder and ended afterwards.

`FABRIQUE_TEST_POSTGRES` names a server (postgres://user@host:port); else the one of loopback is
tried, else Debian's tools make a cluster that only its own folder reaches.
"""

import os
import shutil
import subprocess
import tempfile
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

LOOPBACK = "postgres://postgres@127.0.0.1:5432"


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

    try:
        run("initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8")
        listen = f"-c listen_addresses=127.0.0.1 -c port=54399 -k {folder}"
        run("pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", listen, "start")
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"no PostgreSQL here: {error}")
    try:
        yield "postgres://postgres@127.0.0.1:54399"
    finally:
        run("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _server():
    for server in filter(None, (os.environ.get("FABRIQUE_TEST_POSTGRES"), LOOPBACK)):
        if _answers(server):
            yield server
            return
    with _cluster() as made:
        yield made


@contextmanager
def postgres():
    """Give the address of an empty database, dropped at the end; skip where there can be none."""
    name = f"fabrique_{uuid.uuid4().hex[:12]}"
    with _server() as server:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as line:
            line.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server}/{name}"
        finally:
            with psycopg.connect(f"{server}/postgres", autocommit=True) as line:
                line.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
