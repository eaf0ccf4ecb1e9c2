"""One browser and one instance for all journeys; every page is watched, every fault fails."""

import os
import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from bench.browser import chromium
from bench.instance import Instance
from bench.proxy import Proxy
from tests.journeys.people import PATIENCE
from tests.journeys.world import World

PICTURES = Path(__file__).parents[2] / "docs/guide/pictures"
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def instance(tmp_path_factory):
    with Instance(tmp_path_factory.mktemp("instance")) as found:
        yield found
    assert not re.search("ERROR|CRITICAL|Traceback", found.log()), found.log()


@pytest.fixture
def line(instance):
    """A line of one phone's own."""
    with Proxy(instance.port) as proxy:
        yield proxy


@pytest.fixture
def world(browser, instance):
    with World(browser, instance) as found:
        yield found


@pytest.fixture
def look():
    """Keeps what a screen shows for the guide: `FABRIQUE_PICTURES=1`, else nothing is kept."""

    def keep(name, page, *, top=True):
        if os.environ.get("FABRIQUE_PICTURES"):
            if top:
                page.evaluate("() => scrollTo(0, 0)")
            page.wait_for_timeout(500)  # the light of a touch fades
            shot = Image.open(BytesIO(page.screenshot()))
            shot.save(PICTURES / f"{name}.webp", quality=82, method=6)

    return keep
