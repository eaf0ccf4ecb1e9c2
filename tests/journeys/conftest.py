"""One browser and one instance for all journeys; every page is watched, every fault fails."""

import re

import pytest
from playwright.sync_api import expect

from bench.browser import chromium
from bench.instance import Instance
from bench.proxy import Proxy
from tests.journeys.people import PATIENCE
from tests.journeys.world import World

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
