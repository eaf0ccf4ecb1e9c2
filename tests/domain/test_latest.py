from fabrique.domain.latest import Latest


def given(*positions):
    latest, before = Latest(), None
    for one in positions:
        latest.put("ana", one, one, before)
        before = one
    return latest


def test_put_replaces_and_counts_what_was_replaced():
    latest = given(3, 5, 5)
    assert dict(latest) == {"ana": 5}
    assert (latest.given, latest.changes) == (3, {"ana": 2})


def test_put_of_another_position_is_a_change_of_mind_even_when_taken_back():
    assert given(3, 5, 3).revised == {"ana"}


def test_put_of_the_same_position_is_none():
    assert given(5, 5).revised == set()


def test_put_of_a_first_answer_is_no_change_even_from_nothing():
    assert given(None).revised == set()
    assert given(None, 4).revised == {"ana"}


def test_people_come_in_order_of_their_first_answer():
    latest = given(1)
    latest.put("bo", 2, 2, None)
    latest.put("ana", 3, 3, 1)
    assert list(latest.current) == ["ana", "bo"]
    assert latest.people() == {"ana", "bo"}
