"""A whole instance of its own on loopback, served as anybody serves it: `fabrique serve`.

Browsers reach it through a proxy, whose address is the instance's public one. It can be killed and
started again on the same data and port.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from msgspec import Struct

from bench.prepared import begin
from bench.proxy import Proxy

SERVE = "import sys; from fabrique.__main__ import main; sys.exit(main())"
# The same, drawing more often, so that an hour can be played in a minute and cost as much.
FAST = (
    "from fabrique.commands._instance import wake; wake(); "
    "import fabrique.live.hub as hub; hub.TICK = {tick}; " + SERVE
)
PATIENCE = 60.0  # seconds for a server to start or to end


class Made(Struct):
    """A session to play in, and where its screens are."""

    session: int
    code: str
    link: str
    look: str
    lead: str

    @property
    def join(self) -> str:
        """Give the path of the join page and of the phone."""
        return f"/s/{self.code}/"

    @property
    def stage(self) -> str:
        """Give the path of the big screen, with the token that lets it look."""
        return f"/s/{self.code}/stage?token={self.look}"

    @property
    def console(self) -> str:
        """Give the path of the console."""
        return f"/s/{self.code}/console"

    @property
    def report(self) -> str:
        """Give the path of the report."""
        return f"/s/{self.code}/report"

    @property
    def enter(self) -> str:
        """Give the path that opens the console once."""
        return f"/enter/{self.link}"


class Instance:
    """`with Instance(folder) as instance:` serves until the block ends."""

    def __init__(
        self, folder: Path, tick: float | None = None, command: Sequence[str] = ("serve",)
    ) -> None:
        self.folder = folder
        self._command = command
        self._serving = SERVE if tick is None else FAST.format(tick=tick)
        self.port = free_port()
        self.proxy = Proxy(self.port)
        self.server: subprocess.Popen[bytes] | None = None
        self._maker: subprocess.Popen[str] | None = None

    @property
    def mails(self) -> Path:
        """Where every mail of the instance comes to lie."""
        return (self.folder / "mails").resolve()

    @property
    def address(self) -> str:
        """Where browsers go."""
        return self.proxy.address

    def __enter__(self) -> Self:
        """Start the line, then the server."""
        self.proxy.__enter__()
        try:
            self.start()
        except BaseException:
            self.__exit__()  # or a server that was too slow would serve nobody, for ever
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        """End all that was started."""
        if self._maker is not None:
            self._maker.communicate(timeout=PATIENCE)
        self.stop()
        self.proxy.__exit__()

    def start(self) -> None:
        """Serve; returns once pages are answered."""
        begin(self.folder / "data")
        log = (self.folder / "server.log").open("ab")
        command = [sys.executable, "-c", self._serving, *self._command, "--port", str(self.port)]
        self.server = subprocess.Popen(command, env=self._environment(), stdout=log, stderr=log)
        log.close()
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.server.poll() is not None:
                raise RuntimeError(self.log())
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5).close()
                return
            time.sleep(0.05)
        raise TimeoutError(self.log())

    def kill(self) -> None:
        """End the server as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End the server politely."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.server is not None:
            self.server.send_signal(how)
            self.server.wait(PATIENCE)
            self.server = None

    def log(self) -> str:
        """Read what the server said."""
        return (self.folder / "server.log").read_text()

    def make(self, do: str, **order: Any) -> dict[str, Any]:
        """Have something made beside the server (see `bench.maker`)."""
        if self._maker is None:
            command = [sys.executable, "-m", "bench.maker"]
            self._maker = subprocess.Popen(
                command,
                env=self._environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        maker = self._maker
        assert maker.stdin is not None and maker.stdout is not None  # noqa: S101, PT018 - asked for
        maker.stdin.write(json.dumps({"do": do, **order}) + "\n")
        maker.stdin.flush()
        made: dict[str, Any] = json.loads(maker.stdout.readline())
        return made

    def session(self, plan: dict[str, Any], code: str | None = None) -> Made:
        """Make a session from the JSON form of a plan."""
        return Made(**self.make("session", plan=plan, code=code))

    def act(self, made: Made, token: str, *ops: dict[str, Any]) -> list[dict[str, Any]]:
        """Do things in a session by plain HTTP, as whoever holds `token`; give the replies."""
        screen = "console" if token == made.lead else "phone"
        numbered = [{"op": secrets.token_hex(8), **op} for op in ops]
        body = {"token": token, "screen": screen, "lang": "fr", "ops": numbered}
        address = f"http://127.0.0.1:{self.port}/live/{made.code}/ops"
        data = json.dumps(body).encode()
        with urllib.request.urlopen(address, data, timeout=PATIENCE) as answer:
            replies: list[dict[str, Any]] = json.load(answer)["replies"]
        return replies

    def archive(self, made: Made) -> dict[str, Any]:
        """Read the open archive of a session as the command line writes it."""
        out = self.folder / f"{made.code}.json"
        self.command("archive", made.code, "--out", str(out))
        found: dict[str, Any] = json.loads(out.read_text())
        return found

    def command(self, *words: str) -> str:
        """Run a command of this instance beside its server; give what it prints."""
        command = [sys.executable, "-m", "fabrique", *words]
        environment = self._environment()
        done = subprocess.run(
            command, env=environment, check=True, timeout=PATIENCE, stdout=subprocess.PIPE
        )
        return done.stdout.decode()

    def _environment(self) -> dict[str, str]:
        own = {"FABRIQUE_DATA": str(self.folder / "data"), "FABRIQUE_URL": self.address}
        # Mails stay in a folder, unless whoever plays has a server of their own for them.
        return {"FABRIQUE_MAIL_URL": self.mails.as_uri()} | os.environ | own


def free_port() -> int:
    """Find a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
