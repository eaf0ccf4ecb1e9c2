import pytest

np = pytest.importorskip("numpy", reason="the extra [minutes] is not installed")
pytest.importorskip("av", reason="the extra [minutes] is not installed")

from fabrique.jobs.transcribe.windows import LONGEST, RATE, SEARCHED, windows  # noqa: E402
from tests.jobs.media.recordings import noise  # noqa: E402


def pieces(sound, size=10 * RATE):
    for at in range(0, len(sound), size):
        yield sound[at : at + size]


def test_windows_end_where_nobody_speaks():
    sound = noise(LONGEST * 2, rate=RATE)
    silence = (LONGEST - 30) * RATE
    sound[silence : silence + RATE] = 0
    (first, window), (second, _rest), *_ = windows(pieces(sound))
    assert first == 0
    assert silence < len(window) < silence + RATE
    assert second == len(window)


def test_windows_are_short_and_leave_nothing_out():
    sound = noise(LONGEST * 3 + 7, rate=RATE)
    found = list(windows(pieces(sound)))
    assert all(len(window) <= LONGEST * RATE for _, window in found)
    assert all(len(window) >= (LONGEST - SEARCHED) * RATE for _, window in found[:-1])
    assert np.array_equal(np.concatenate([window for _, window in found]), sound)


def test_the_same_sound_gives_the_same_windows_whatever_the_pieces():
    sound = noise(LONGEST * 2, rate=RATE)
    starts = [[at for at, _ in windows(pieces(sound, size))] for size in (RATE, 7 * RATE + 13)]
    assert starts[0] == starts[1]


def test_nothing_gives_no_window():
    assert list(windows(iter(()))) == []
