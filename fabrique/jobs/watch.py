"""The server's side of the worker: starts it, starts it again where it ends, ends with it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import fabrique

HERE = Path(fabrique.__file__).parent.parent
MODULE = "fabrique.jobs.work"
FIRST, LONGEST = 1.0, 60.0  # seconds before it is started again
LEAVE = 25.0  # seconds it has to finish the message under way


class Watch:
    """`with Watch(environment):` keeps one worker running for the length of the block."""

    def __init__(
        self, environment: dict[str, str], command: Sequence[str] = ("-m", MODULE)
    ) -> None:
        self._environment = os.environ | environment
        self._command = command
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start it."""
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Have it finish, then end."""
        self._stop.set()
        self._leave()
        self._thread.join(LEAVE)

    def _watch(self) -> None:
        pause = FIRST
        while not self._stop.is_set():
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                (sys.executable, *self._command),
                stdin=subprocess.PIPE,  # closes when we end, however that happens
                stdout=subprocess.DEVNULL,
                cwd=HERE,
                env=self._environment,
                start_new_session=True,  # a Ctrl-C in the terminal is for the server
            )
            if self._stop.is_set():
                self._leave()
            self.process.wait()
            if self.process.stdin is not None:
                self.process.stdin.close()
            if not self._stop.wait(pause):
                pause = min(LONGEST, pause * 2)

    def _leave(self) -> None:
        process = self.process
        if process is None or process.stdin is None:
            return
        process.stdin.close()
        try:
            process.wait(LEAVE)
        except subprocess.TimeoutExpired:
            process.kill()
