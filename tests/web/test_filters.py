"""The team's report, of those who chose something."""

import pytest

from fabrique.actions.animate import create_session, facilitator_token, take_seat
from fabrique.domain.definitions import read_definition
from fabrique.domain.entry import Op
from fabrique.domain.session import Participant, Plan
from fabrique.live.room import Accepted, Room
from fabrique.store.here import here, kinds
from fabrique.store.journal import Append
from tests.store.instance import at

STEP = {"kind": "vote", "id": "v", "title": "On y va ?", "options": ["oui", "non", "peut-être"]}


@pytest.fixture
def played():
    """Six say yes, five say no, two perhaps."""
    plan = Plan("Enquête", "enquête", "fr", at(0), steps=(read_definition(STEP, kinds()),))
    head, room, lines = create_session(plan), Room(plan, kinds()), []
    asks = [("open", "", None, {"step": "v"})]
    for n, choice in enumerate([0] * 6 + [1] * 5 + [2] * 2):
        asks += [("join", f"p{n}", None, {}), ("answer", f"p{n}", "r1", {"choice": [choice]})]
    for n, (do, who, run, body) in enumerate([*asks, ("end", "", None, {})]):
        outcome = room.receive(Op(f"o{n}", do, at(n), who, run, body))
        assert isinstance(outcome, Accepted)
        lines += outcome.entries
    names = tuple(Participant(id=f"p{n}", name="") for n in range(13))
    here().append([Append(head.id, 0, tuple(lines), names)])
    return head


@pytest.fixture
def team(client, played):
    client.cookies["console"] = facilitator_token(played.id)
    return client


def page(client, head, query=""):
    return client.get(f"/s/{head.code}/report{query}")


def test_the_team_chooses_of_whom(team, played):
    whole = page(team, played).text
    assert '<option value="r1/v/0">oui</option>' in whole
    some = page(team, played, "?only=r1%2Fv%2F0").text
    assert '<option value="r1/v/0" selected>oui</option>' in some
    assert "Celles et ceux qui ont choisi «\u00a0oui\u00a0»" in some
    assert "6" in some.partition("Personnes retenues")[2][:20]
    # Every other form keeps to the same people; what is whole in itself stays whole.
    assert f"/s/{played.code}/listings.xlsx?only=r1%2Fv%2F0" in some
    assert f'/s/{played.code}/archive.json"' in some
    figures = team.get(f"/s/{played.code}/results.json?only=r1/v/0").json()
    assert figures["participants"] == 6
    assert figures["steps"][0]["counts"] == [6, 0, 0]


def test_too_few_are_not_shown_and_it_says_why(team, played):
    answer = page(team, played, "?only=r1/v/2")
    assert answer.status_code == 200
    assert "Moins de 5 personnes" in answer.text
    assert "Celles et ceux" not in answer.text
    for path in ("results.json", "listings.xlsx", "report.pdf", "charts/r1.png"):
        assert team.get(f"/s/{played.code}/{path}?only=r1/v/2").status_code == 404


@pytest.mark.parametrize("only", ["r1/v/9", "r9/v/0", "nothing", "r1/v/٣"])
def test_what_is_not_there_is_a_page_that_says_so(team, played, only):
    assert page(team, played, f"?only={only}").status_code == 404
    assert team.get(f"/s/{played.code}/results.json?only={only}").status_code == 404


def test_participants_have_no_filter(client, played):
    client.cookies["seat"] = take_seat(played.id)
    answer = page(client, played, "?only=r1/v/0")
    assert answer.status_code == 200
    assert 'name="only"' not in answer.text
    assert "Celles et ceux" not in answer.text
