from datetime import UTC, datetime

from fabrique.domain.people import Attendee, People

AT = datetime(2026, 3, 9, tzinfo=UTC)


def test_heads_count_people_once_each():
    people = People(ana=Attendee(1, AT), bo=Attendee(3, AT))
    assert people.heads(["ana", "bo", "bo"]) == 4


def test_weight_of_somebody_erased_is_one():
    assert People().weight("gone") == 1


def test_present_are_those_who_have_not_gone():
    people = People(ana=Attendee(1, AT), bo=Attendee(3, AT, present=False))
    assert people.present() == {"ana"}
