"""Every address × every role: who reads which secret of the house, and nobody else."""

import pytest

from fabrique.actions import policy
from tests.web.drawers import ROLES, House, browser, words


@pytest.fixture(scope="module")
def house():
    return House()


def read_by(house, role):
    """Go through the whole house as somebody; give the secrets that were read, and where."""
    client, seen = browser(house.people[role]), {}
    for address in house.addresses():
        answer = client.get(address)
        assert answer.status_code < 500, address
        said = words(answer).lower()
        for secret in house.secrets:
            # What one looked for is said back: it is read where somebody is found by it.
            found = "person-card" in said or 'class="billed"' in said
            read = found if f"q={secret}" in address else secret.lower() in said
            if read:
                seen.setdefault(secret, []).append(address)
    return seen


def leaks(house, role):
    seen = read_by(house, role)
    return {one: where for one, where in seen.items() if role not in house.secrets[one]}, seen


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_what_is_theirs_and_nothing_else(house, role):
    found, seen = leaks(house, role)
    assert found == {}
    assert {one for one, who in house.secrets.items() if role in who} <= seen.keys()


@pytest.mark.parametrize("act", ["gathering:see", "gathering:registrations", "venue:search"])
def test_a_rule_that_lets_everybody_through_is_seen(house, monkeypatch, act):
    monkeypatch.setitem(policy.RULES, act, lambda _viewer, _about: True)
    assert leaks(house, "adherent")[0]
