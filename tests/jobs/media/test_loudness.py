"""The cases of EBU Tech 3341, in one channel: a stereo signal at -23 LUFS is at -26 in one."""

import pytest

np = pytest.importorskip("numpy", reason="the extra [minutes] is not installed")
pytest.importorskip("av", reason="the extra [minutes] is not installed")

from fabrique.jobs.media import level  # noqa: E402
from fabrique.jobs.media.loudness import Ear, decibels, loudness, true_peak  # noqa: E402
from tests.jobs.media.recordings import noise, speechlike, tone  # noqa: E402

RATE = 44_100


def heard(*sounds):
    ear = Ear(RATE)
    whole = np.concatenate(sounds)
    for at in range(0, len(whole), RATE):
        ear.hear(whole[at : at + RATE])
    return ear.energies


@pytest.mark.parametrize(("top", "expected"), [(-23.0, -26.0), (-33.0, -36.0), (0.0, -3.0)])
def test_a_tone(top, expected):
    assert abs(loudness(heard(tone(20, top, 1000, RATE))) - expected) < 0.1


def test_a_deep_tone_is_heard_less_and_a_high_one_more():
    assert abs(loudness(heard(tone(10, -23, 40, RATE))) + 32.3) < 0.1
    assert abs(loudness(heard(tone(10, -23, 8000, RATE))) + 22.7) < 0.1


def test_what_is_far_below_the_rest_is_not_counted():
    parts = [tone(seconds, top, 1000, RATE) for seconds, top in ((10, -36), (60, -23), (10, -36))]
    assert abs(loudness(heard(*parts)) + 26.0) < 0.1


def test_silence_has_no_loudness():
    assert loudness(heard(np.zeros(RATE * 5, np.float32))) == -np.inf


def test_a_peak_between_two_samples_is_found():
    # A tone of a quarter of the rate, its samples all beside its tops: 3 dB more than they show.
    at = np.arange(RATE)
    sound = (0.5 * np.sin(np.pi / 2 * at + np.pi / 4)).astype(np.float32)
    assert abs(decibels(float(np.abs(sound).max())) + 9.03) < 0.01
    assert abs(decibels(true_peak(sound)) + 6.02) < 0.2


@pytest.mark.parametrize("sound", [noise(30, -40, RATE), speechlike(30, -45, RATE)])
def test_the_gain_that_is_chosen_gives_the_loudness_and_no_higher_peak(sound):
    highest = level.peaks(sound, RATE)
    gain = level.find_gain(heard(sound), highest, -3.0)
    factors = level.curve(highest, gain, -3.0)
    treated = level.apply(sound, 0, factors, RATE)
    assert abs(loudness(heard(treated)) - level.TARGET) < 0.3
    assert decibels(float(np.abs(treated).max())) <= -2.99


def test_a_part_is_treated_as_the_whole_is():
    sound = speechlike(20, -30, RATE)
    highest = level.peaks(sound, RATE)
    factors = level.curve(highest, 20, -3.0)
    whole = level.apply(sound, 0, factors, RATE)
    part = level.apply(sound[300_000:500_000], 300_000, factors, RATE)
    assert np.abs(whole[300_000:500_000] - part).max() < 1e-6
