"""Debian's WebKit, driven by WebDriver, the protocol of the W3C; its finger is a mouse."""

import json
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager, nullcontext, suppress

from bench.instance import free_port

DRIVER, DISPLAY = "WebKitWebDriver", "Xvfb"
MISSING = "the journeys in WebKit need: apt-get install webkit2gtk-driver xvfb"
WINDOW = {"x": 0, "y": 0, "width": 390, "height": 760}  # its toolbar makes it 447 wide
SCREEN = ["-screen", "0", "1000x900x24", "-nolisten", "tcp"]
DIRECT = {"capabilities": {"alwaysMatch": {"proxy": {"proxyType": "direct"}}}}
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key of a reference, by the standard
START = 60.0  # seconds
CALLED = 20.0  # seconds, in which a browser that starts has called its driver
TRIES = 3


def is_installed():
    return all(shutil.which(one) for one in (DRIVER, DISPLAY))


@contextmanager
def webkit():
    """Give a browser that has never been anywhere, and end it with the block.

    The driver may miss the call of the browser it has started, and then waits for ever: both are
    ended, and started again.
    """
    with ExitStack() as running:
        for left in reversed(range(TRIES)):
            with ExitStack() as tried, suppress(TimeoutError) if left else nullcontext():
                page = tried.enter_context(Session(tried.enter_context(_driver())))
                running.push(tried.pop_all())
                break
        yield page


@contextmanager
def _driver():
    """Run a driver, on a display of its own, for the length of the block; give its address."""
    with _ended([DISPLAY, "-displayfd", "1", *SCREEN], stdout=subprocess.PIPE) as display:
        number = display.stdout.readline().decode().strip()
        env = os.environ | {"DISPLAY": f":{number}", "NO_AT_BRIDGE": "1"}
        port = free_port()
        with _ended([DRIVER, f"--port={port}"], env=env, stdout=subprocess.DEVNULL):
            address = f"127.0.0.1:{port}"
            _wait_for(address)
            yield address


@contextmanager
def _ended(command, **options):
    """Run a command; end it and what it started."""
    process = subprocess.Popen(
        command, stderr=subprocess.DEVNULL, start_new_session=True, **options
    )
    with process:
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def _wait_for(address):
    until = time.monotonic() + START
    while True:
        try:
            return ask("GET", f"{address}/status")
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


class DriverError(Exception):
    """What the driver refuses: `code` is the standard's word for why."""

    def __init__(self, told):
        super().__init__(told["error"], told["message"])
        self.code = told["error"]


def ask(method, address, body=None, patience=START):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://{address}", data, method=method)
    try:
        with urllib.request.urlopen(request, timeout=patience) as answer:  # noqa: S310 - loopback
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        with error:
            raise DriverError(json.load(error)["value"]) from None


class Session:
    """`with Session(driver) as page:` starts a browser; `TimeoutError` where it does not start."""

    def __init__(self, driver):
        started = ask("POST", f"{driver}/session", DIRECT, CALLED)
        self.address = f"{driver}/session/{started['sessionId']}"

    def __enter__(self):
        self._do("window/rect", **WINDOW)
        return self

    def __exit__(self, *_error):
        ask("DELETE", self.address)

    def go(self, url):
        self._do("url", url=url)

    def reload(self):
        self._do("refresh")

    def run(self, script, *arguments):
        return self._do("execute/sync", script=script, args=arguments)

    def click(self, element):
        """Bring it under the finger first: the driver does not wait for a smooth scroll."""
        self.run('arguments[0].scrollIntoView({ block: "center", behavior: "instant" })', element)
        self._do(f"element/{element[ELEMENT]}/click")

    def type(self, element, text):
        self._do(f"element/{element[ELEMENT]}/value", text=text)

    def _do(self, what, **body):
        return ask("POST", f"{self.address}/{what}", body)
