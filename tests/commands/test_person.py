"""The first account of a house, and the last word about one."""

import pytest

from fabrique.__main__ import main
from fabrique.actions.access import NoAccess
from fabrique.actions.entrance import peek, spend
from fabrique.store.models import Mandate, Person
from tests.store.instance import instance

instance()


def run(*words):
    try:
        return main([*words])
    except SystemExit as end:
        return end.code


def test_an_account_is_made_with_its_role_and_a_link_that_works_once(capsys):
    options = ("--name", "Ana", "--role", "staff", "--url", "http://localhost:8000")
    assert run("person", "First.One@example.org", *options) == 0
    address = capsys.readouterr().out.strip()
    before, _, token = address.partition("/account/link/")
    assert before.startswith("http://")
    person = Person.objects.get(email="first.one@example.org")
    assert (person.name, peek(token)) == ("Ana", person)
    assert spend(token) == person
    with pytest.raises(NoAccess):
        spend(token)
    assert run("person", "first.one@example.org", "--role", "staff") == 0
    assert Mandate.objects.filter(person=person, role="staff").count() == 1


@pytest.mark.parametrize("words", [("nobody",), ("a@b.org", "--role", "queen"), ()])
def test_a_bad_input_leaves_nothing(words, capsys):
    before = Person.objects.count()
    assert run("person", *words) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert Person.objects.count() == before


def test_somebody_is_forgotten_by_their_address(capsys):
    Person.objects.create_user("to.forget@example.org", name="X")
    assert run("forget", "To.Forget@Example.org") == 0
    assert capsys.readouterr().out.split()[0].isdigit()
    assert not Person.objects.filter(email="to.forget@example.org").exists()
    assert run("forget", "to.forget@example.org") == 2
