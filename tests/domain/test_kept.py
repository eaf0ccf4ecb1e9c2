from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.kept import kept, moved, tidy

SPANS = st.lists(st.tuples(st.integers(-5, 100), st.integers(-5, 100)))


def test_the_first_minute_is_cut_out():
    assert kept(90, tidy([(0, 60)])) == ((60, 90),)
    assert moved(75, ((0, 60),)) == 15
    assert moved(30, ((0, 60),)) == 0


def test_spans_that_touch_are_one():
    assert tidy([(10, 20), (5, 12), (20, 30), (40, 40)]) == ((5, 30),)


def test_nothing_is_left():
    assert kept(50, ((0, 60),)) == ()


@given(st.integers(0, 100), SPANS)
def test_each_moment_that_is_kept_is_counted_once(length, spans):
    removed = tidy(spans)
    left = [at for at in range(length) if not any(a <= at < b for a, b in spans)]
    assert [at for a, b in kept(length, removed) for at in range(a, b)] == left
    assert [moved(at, removed) for at in left] == list(range(len(left)))
