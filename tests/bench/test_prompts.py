import pytest

np = pytest.importorskip("numpy", reason="the extra [minutes] is not installed")
av = pytest.importorskip("av", reason="the extra [minutes] is not installed")

from bench.measure import Measure  # noqa: E402
from bench.prompts import RATE, errors, words, write_mp4  # noqa: E402


@pytest.mark.parametrize(
    ("said", "heard", "expected"),
    [
        ("a b c", "a b c", 0),
        ("a b c", "a x c", 1),
        ("a b c", "", 3),
        ("", "a b", 2),
        ("a b c d", "b c d e", 2),
        ("a b c", "x y z a b c", 3),
        ("a b a b", "b a b a", 2),
    ],
)
def test_mistakes_are_words_changed_added_or_left_out(said, heard, expected):
    assert errors(said.split(), heard.split()) == expected


def test_words_are_compared_without_case_or_punctuation():
    assert words("L’été, « déjà » : là-bas ?") == ["l", "été", "déjà", "là", "bas"]


def test_the_film_has_the_length_that_is_asked_and_a_picture(tmp_path):
    sound = np.arange(RATE * 2, dtype=np.int16)
    with av.open(str(write_mp4(tmp_path / "film.mp4", sound, 5))) as film:
        assert len(film.streams.video) == 1
        assert abs(film.duration / av.time_base - 5) < 0.2


def test_a_measure_says_whether_its_bound_is_a_ceiling_or_a_floor():
    assert "≤ 16 %" in Measure("wer_percent", [14], "%", 16).row()
    assert "≥ 15 ×" in Measure("mp3_realtime", [30], "×", 15, least=True).row()
