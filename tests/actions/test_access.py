import time

import pytest

from fabrique.actions import access
from fabrique.actions.access import NoAccess, Role, Seat, act_of, allowed
from fabrique.actions.animate import (
    SYMBOLS,
    create_session,
    facilitator_token,
    find_session,
    new_console_link,
    take_seat,
)
from fabrique.domain import verbs
from fabrique.domain.text import Invalid


def test_what_is_not_granted_is_refused():
    assert allowed("participant", "screen:phone")
    assert not allowed("participant", "screen:console")
    assert not allowed("stage", "act")
    assert not allowed("facilitator", "presence")
    assert not allowed("nobody", "act")
    assert not allowed("facilitator", "anything new")


def test_participants_read_the_report_and_take_no_data_away():
    assert [role for role in Role if allowed(role, "report")] == ["participant", "facilitator"]
    assert [role for role in Role if allowed(role, "export")] == ["facilitator"]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", ["join", "leave"])
def test_nobody_says_joined_for_somebody(role, verb):
    assert not allowed(role, act_of(verb))


@pytest.mark.parametrize("verb", sorted(verbs.ANIMATION))
def test_only_the_animation_leads(verb):
    assert [role for role in Role if allowed(role, act_of(verb))] == [Role.FACILITATOR]


def test_a_seat_comes_back_as_given():
    seat = access.read_seat(take_seat(7, "  Ana \t d’Ys ", heads=3))
    assert (seat.session, seat.role, seat.name, seat.heads) == (7, Role.PARTICIPANT, "Ana d’Ys", 3)
    assert seat.participant
    assert access.read_seat(take_seat(7)).participant != seat.participant


@pytest.mark.parametrize("name", ["x" * 81, "a\x00b", "\ud800"])
def test_a_name_that_cannot_be_shown(name):
    with pytest.raises(Invalid):
        take_seat(1, name)


def tampered(token):
    payload, rest = token.split(":", 1)
    swapped = payload[:-2] + ("AA" if payload[-2:] != "AA" else "BB")
    return [swapped + ":" + rest, token[:-1], token + "x", "", ":", "a:b:c", payload]


def test_a_token_that_was_touched():
    for token in tampered(facilitator_token(1)):
        with pytest.raises(NoAccess):
            access.read_seat(token)


def test_a_token_for_another_use_or_too_old(monkeypatch):
    with pytest.raises(NoAccess):
        access.read_seat(access.console_link(1, "n"))
    with pytest.raises(NoAccess):
        access.spend_link(take_seat(1))
    old = take_seat(1)
    later = time.time() + access.SEAT_LASTS + 5
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(NoAccess):
        access.read_seat(old)


def test_a_console_link_works_once_and_looking_does_not_use_it():
    link = new_console_link(4)
    facilitator = Seat(4, "", Role.FACILITATOR)
    assert access.peek_link(link) == access.peek_link(link) == facilitator
    assert access.spend_link(link) == facilitator
    for use in (access.peek_link, access.spend_link):
        with pytest.raises(NoAccess):
            use(link)
    assert access.spend_link(new_console_link(4))


def test_codes_can_be_read_aloud(plan):
    assert len(SYMBOLS) == len(set(SYMBOLS) - set("ILO01")) == 31
    head = create_session(plan)
    assert len(head.code) == 6
    assert set(head.code) <= set(SYMBOLS)
    assert find_session(head.code.lower()).id == head.id
    with pytest.raises(Invalid, match="taken"):
        create_session(plan, code=head.code)
    for code in ("AB", "HELL0", "A-B-C-D", "A" * 13):
        with pytest.raises(Invalid):
            create_session(plan, code=code)
    with pytest.raises(Invalid, match="No session"):
        find_session("ZZZZZZ")
