import pytest

from bench.ecoindex import ELEMENTS, KILOBYTES, REQUESTS, ecoindex


@pytest.mark.parametrize("table", [ELEMENTS, REQUESTS, KILOBYTES])
def test_tables_are_twenty_steps_upwards(table):
    assert len(table) == 21
    assert list(table) == sorted(set(table))


# Measured with the method's own programs: elements, requests, kilobytes, index.
@pytest.mark.parametrize(
    ("page", "index"),
    [
        ((32, 3, 2), 95.7),
        ((385, 8, 100), 80.0),
        ((411, 3, 20), 80.0),
        ((320, 20, 300), 80.0),
        ((600, 12, 200), 70.2),
    ],
)
def test_measured_pages(page, index):
    assert ecoindex(*page) == pytest.approx(index, abs=0.05)


def test_the_ends():
    assert ecoindex(0, 0, 0) == 100
    assert ecoindex(10**9, 10**9, 10**9) == 0
