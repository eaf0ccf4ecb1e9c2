"""The targets of the validator and of extracts, on French debates; skipped without them."""

import pytest

from bench.debates import FOLDER, debates
from bench.extracts import extracts
from bench.falsified import measure
from bench.minutes import ABOVE_LEAD, LEAST_R1, MOST_ALARMS, WANTED

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="FREDSum is not beside the project")


@pytest.fixture(scope="module")
def found():
    return debates()


def test_the_debates_are_read_whole(found):
    assert (len(found), sum(len(one.extracts) for one in found)) == (15, 626)
    assert all(len(one.transcript.cues) > 5 and len(one.summaries) == 3 for one in found)


def test_false_sentences_are_caught_and_true_ones_left_alone(found):
    tallies = measure(found)
    assert {
        name: tallies[name].percent >= least for name, least in WANTED.items()
    } == dict.fromkeys(WANTED, True)
    assert tallies["false_alarms"].percent <= MOST_ALARMS
    # Beside a few words of its source too, which is all that a generated sentence may quote.
    for name in ("names", "numbers", "negations"):
        assert tallies[f"{name}_fragment"].percent >= WANTED[name]
        assert tallies[f"{name}_fragment"].tried > 100


def test_extracts_say_more_than_the_beginning_does(found):
    told = extracts(found)
    assert told.best >= LEAST_R1
    assert told.best > told.lead_best + ABOVE_LEAD
    assert told.mean > told.lead_mean + ABOVE_LEAD
