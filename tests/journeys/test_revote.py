"""A vote that is changed counts once, and says so."""

from playwright.sync_api import expect

from tests.journeys.people import PATIENCE
from tests.journeys.plan import CHOICE


def test_changed_twice_counted_once(world):
    made = world.session(CHOICE)
    console = world.console(made)
    ana, bo = world.phone(made, "Ana"), world.phone(made, "Bo")
    console.open("ville")
    for phone in (ana, bo):
        phone.choose("choice", "0")
        phone.send()
        phone.is_kept("Vote enregistré")
    console.counts(2, 2, 2)
    for choice in ("1", "2"):
        ana.choose("choice", choice)
        expect(ana(".activity form button.go")).to_have_text("Modifier mon vote")
        ana.send()
        ana.is_kept()
        console.counts(2, 2, 2)
    ana.is_kept("Modifié 2 fois, compté 1 fois")
    expect(console(".bars .figure")).to_contain_text(["50", "0", "50"], timeout=PATIENCE)
    votes = [one for one in world.instance.archive(made)["entries"] if one["kind"] == "vote.answer"]
    assert len(votes) == 4
    console.reveal("ville")
    for phone in (ana, bo):
        phone.sees("2 réponses")
