import asyncio

import pytest

from fabrique.jobs.child import steps
from fabrique.jobs.refusals import Unfit
from tests.store.instance import instance

instance()  # what the worker reads lies in tables


@pytest.fixture
def drawn(tmp_path):
    """Draw a file as an upload would: what the child said, or the refusal; and where it wrote."""
    folder = tmp_path / "drawn"
    folder.mkdir()

    def draw(kind, content):
        source = tmp_path / "source"
        source.write_bytes(content)
        return asyncio.run(_all(steps(kind, source, folder))), folder

    return draw


async def _all(said):
    found = []
    try:
        found = [one async for one in said]
    except Unfit as no:
        return no
    return found
