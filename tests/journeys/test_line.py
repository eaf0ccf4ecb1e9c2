"""A line that dies without a word: what was typed waits, leaves once, and is never lost."""

import time

from playwright.sync_api import expect

from tests.journeys.people import PATIENCE
from tests.journeys.plan import CHOICE, CLOUD, IDEAS, TRAP

DEAD = 20.0  # seconds


def texts(archive, kind):
    return [one["body"]["text"] for one in archive["entries"] if one["kind"] == f"{kind}.answer"]


def test_a_line_dead_for_twenty_seconds(world, line):
    made = world.session(CLOUD, IDEAS)
    world.watch.allow("WebSocket connection to")
    console = world.console(made)
    lost, safe = world.phone(made, "Ana", proxy=line), world.phone(made, "Bo")
    console.open("word_cloud")
    lost.is_at("word_cloud")
    sockets, died = line.connections, time.monotonic()
    line.die()
    lost.write("élan")
    lost.send()
    lost.write("patience")
    lost.send()
    expect(lost("#line")).to_contain_text("2 réponses en attente", timeout=PATIENCE)
    expect(lost(".mine li.pending")).to_have_text(["élan", "patience"])
    assert texts(world.instance.archive(made), "word_cloud") == []
    console.counts(2, 2, 0)
    lost.page.wait_for_timeout(max(0.0, died + DEAD - time.monotonic()) * 1000)
    assert line.held > 0, "something was under way when the line died"
    assert line.connections > sockets, "the phone has tried again by itself"
    line.live()
    lost.has_nothing_waiting()
    expect(lost(".mine li:not(.pending)")).to_have_text(["élan", "patience"], timeout=PATIENCE)
    expect(lost("#line p")).to_be_hidden(timeout=PATIENCE)
    console.counts(2, 2, 1)
    console.reveal("word_cloud")
    safe.sees("2 mots envoyés")
    assert texts(world.instance.archive(made), "word_cloud") == ["élan", "patience"]


def test_a_text_that_comes_too_late_stays_with_its_author(world, line):
    made = world.session(IDEAS, CHOICE)
    world.watch.allow("WebSocket connection to|ERR_")
    console = world.console(made)
    phone = world.phone(made, "Ana", proxy=line)
    console.open("ideas")
    phone.is_at("ideas")
    line.die()
    phone.write(TRAP)
    phone.send()
    console.close("ideas")
    phone.page.wait_for_timeout(2500)  # the room is kind for two seconds
    line.live()
    kept = phone("#kept li")
    expect(kept).to_contain_text(TRAP, timeout=PATIENCE)
    phone.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    kept.get_by_role("button", name="Copier").tap()
    assert phone.page.evaluate("() => navigator.clipboard.readText()") == TRAP
    phone.page.reload()
    expect(phone.ready()("#kept li")).to_contain_text(TRAP, timeout=PATIENCE)
    assert texts(world.instance.archive(made), "ideas") == []
