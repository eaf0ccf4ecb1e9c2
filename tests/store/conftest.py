import pytest

from fabrique.domain.registry import discover
from fabrique.store.journal import Journal
from tests.store.instance import fresh_journal_file, instance

instance()  # models may be imported from here on


@pytest.fixture
def kinds():
    return discover("fabrique.activities")


@pytest.fixture
def path(tmp_path):
    return fresh_journal_file(tmp_path)


@pytest.fixture
def journal(path, kinds):
    journal = Journal(path, kinds)
    yield journal
    journal.close()
