"""Where sockets are blocked, the same room by plain requests."""

from playwright.sync_api import expect

from tests.journeys.people import PATIENCE, PHONE, Phone
from tests.journeys.plan import CHOICE

BLOCKED = """window.WebSocket = class extends EventTarget {
  constructor() {
    super();
    this.readyState = 0;
    setTimeout(() => { this.readyState = 3; this.onclose?.(new CloseEvent("close")); }, 5);
  }
  send() { throw new Error("blocked"); }
  close() {}
};
window.WebSocket.OPEN = 1;"""


def test_a_vote_and_a_view_without_sockets(world):
    made = world.session(CHOICE)
    console = world.console(made)
    context = world.context(PHONE)
    context.add_init_script(BLOCKED)
    sockets, asked = [], []
    page = context.new_page()
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.on("request", lambda request: asked.append((request.method, request.url)))
    phone = Phone.join(page, made.join, "Ana")
    console.counts(1, 1, 0)
    console.open("ville")
    phone.is_at("ville")
    phone.choose("choice", "2")
    phone.send()
    phone.is_kept("Vote enregistré")
    console.counts(1, 1, 1)
    console.reveal("ville")
    phone.sees("1 réponse")
    expect(phone("#line p")).to_be_hidden(timeout=PATIENCE)
    assert sockets == []
    assert [method for method, url in asked if url.endswith("/ops")] == ["POST"]
    assert any("/view?" in url for _, url in asked)


def test_a_closed_door_without_sockets(world):
    made = world.session(CHOICE)
    console = world.console(made)
    console.page.keyboard.press("l")
    expect(console("[data-do=lock][aria-pressed=true]")).to_be_visible(timeout=PATIENCE)
    context = world.context(PHONE)
    context.add_init_script(BLOCKED)
    page = context.new_page()
    page.goto(made.join)
    page.locator("main form button.go").tap()
    door = page.locator("[data-away=locked]")
    expect(door).to_contain_text("La porte est fermée", timeout=PATIENCE)
    console.page.keyboard.press("l")
    expect(console("[data-do=lock][aria-pressed=false]")).to_be_visible(timeout=PATIENCE)
    page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(door).to_be_hidden(timeout=PATIENCE)
    console.counts(1, 1, 0)
