import pytest

from tests.store.instance import fresh_journal_file, instance

instance()

from tests.live.place import Place  # noqa: E402 - needs Django to be set up


@pytest.fixture
def path(tmp_path):
    return fresh_journal_file(tmp_path)


@pytest.fixture
def place(path):
    place = Place(path)
    yield place
    place.end()


@pytest.fixture
def console(place):
    client = place.client("console")
    yield client
    client.close()


@pytest.fixture
def run(console):
    """An open run."""
    assert "ack" in console.asked("open", step="one")
    return "r1"
