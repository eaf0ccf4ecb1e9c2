"""The server dies in mid-vote and comes back: nothing is missing, nothing counts twice."""

from collections import Counter

import pytest

from bench.instance import Instance
from tests.journeys.people import PATIENCE
from tests.journeys.plan import CHOICE
from tests.journeys.world import World

# An act leaves the phone's store when it is acknowledged, by socket or by request.
ACKNOWLEDGED = """() => { window.acks = [];
const { removeItem } = Storage.prototype;
Storage.prototype.removeItem = function (key) {
  const [, act] = key.split(".act.");
  if (act && this.getItem(key)) window.acks.push(act);
  return removeItem.call(this, key);
}; }"""


@pytest.fixture
def fragile(browser, tmp_path):
    """An instance that is killed."""
    with Instance(tmp_path) as instance, World(browser, instance) as world:
        yield world


def test_a_server_killed_in_mid_vote(fragile):
    made = fragile.session(CHOICE)
    fragile.watch.allow("WebSocket connection to|ERR_|status of 50")
    console = fragile.console(made)
    phones = [fragile.phone(made, name) for name in ("Ana", "Bo", "Chloé")]
    for phone in phones:
        phone.page.evaluate(ACKNOWLEDGED)
    console.open("ville")
    before, during, silent = phones
    for phone in (before, during):
        phone.choose("choice", "0")
        phone.send()
        phone.is_kept()
    fragile.instance.kill()
    during.choose("choice", "2")
    during.send()
    before.page.wait_for_function("() => !document.querySelector('#line p').hidden")
    during.sees("1 réponse en attente", "#line")
    fragile.instance.start()
    for phone in phones:
        phone("#line p").wait_for(state="hidden", timeout=PATIENCE)
        phone.is_at("ville")
        phone.has_nothing_waiting()
    during.is_kept("Modifié 1 fois, compté 1 fois")
    silent.choose("choice", "2")
    silent.send()
    silent.is_kept()
    console.counts(3, 3, 3)
    console.reveal("ville")
    for phone in phones:
        phone.sees("3 réponses")
    audit(fragile.instance.archive(made), phones)


def audit(archive, phones):
    """Every act a phone was told of is a line of the journal, once; lines have no gap."""
    acts = Counter(entry["op"] for entry in archive["entries"])
    acknowledged = [op for phone in phones for op in phone.page.evaluate("() => window.acks")]
    assert len(acknowledged) == 4
    assert {acts[op] for op in acknowledged} == {1}
    assert set(acts.values()) == {1}
    votes = [one for one in archive["entries"] if one["kind"] == "vote.answer"]
    assert [one["body"]["choice"] for one in votes] == [[0], [0], [2], [2]]
    seqs = [entry["seq"] for entry in archive["entries"]]
    assert seqs == list(range(1, len(seqs) + 1))
