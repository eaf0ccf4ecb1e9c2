"""The demonstration, as somebody meets it who has no account yet."""

import os
import re
import socket
import subprocess
import sys
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

NAMES = ["join", "console", "stage", "prepare", "team", "reader"]


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    """What the demonstration prints, while it is served."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "fabrique", "demo", "--people", "0", "--port", port]
    place = {**os.environ, "FABRIQUE_DATA": str(tmp_path_factory.mktemp("data"))}
    place.pop("FABRIQUE_URL", None)
    with subprocess.Popen(command, env=place, stdout=subprocess.PIPE, text=True) as served:
        try:
            yield dict(served.stdout.readline().split() for _ in NAMES)
        finally:
            served.terminate()


def signed_in(address):
    """A browser that pressed the button of a link which signs in."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page = browser.open(address, timeout=60).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    browser.open(address, urlencode({"csrfmiddlewaretoken": token}).encode(), timeout=60)
    return browser


def test_the_team_begins_the_minutes_and_a_reader_does_not(addresses):
    assert list(addresses) == NAMES
    code = addresses["join"].rstrip("/").rpartition("/")[2]
    begin = urljoin(addresses["join"], f"/minutes/of/{code}/")
    team = signed_in(addresses["team"])
    assert "Commencer le compte-rendu" in team.open(begin, timeout=60).read().decode()
    reader = signed_in(addresses["reader"])
    assert reader.open(urljoin(begin, "/library/"), timeout=60).status == 200
    with pytest.raises(HTTPError, match="404"):
        reader.open(begin, timeout=60)
