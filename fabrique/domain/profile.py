"""What somebody says of themselves, and to whom: hidden field by field until they choose."""

from __future__ import annotations

from collections.abc import Mapping

from fabrique.domain.text import Text
from fabrique.domain.tier import Tier

NOBODY = ""
AUDIENCES: Mapping[str, Text] = {
    NOBODY: Text("nobody"),
    Tier.ADHERENT.value: Text("adherents"),
    Tier.MEMBER.value: Text("members"),
    Tier.GUEST.value: Text("everybody"),
}
LEVELS: Mapping[str, Text] = {
    "starting": Text("I am starting"),
    "practising": Text("I practise"),
    "experienced": Text("I am experienced"),
    "passing_on": Text("I pass it on to others"),
}
# In the order of the form and of the page.
FIELDS: Mapping[str, Text] = {
    "name": Text("Name"),
    "photo": Text("Photo"),
    "banner": Text("Banner"),
    "structure": Text("Structure"),
    "trade": Text("Trade"),
    "level": Text("Seniority"),
    "territory": Text("Territory"),
    "interests": Text("What interests me"),
    "brings": Text("What I can bring"),
    "seeks": Text("What I am looking for"),
    "about": Text("A few words about me"),
    "email": Text("E-mail address"),
}
NAME = "name"
LONGEST = {"name": 200, "trade": 100, "territory": 100}
LONGEST_TEXT = 2000


def shown_to(shown: Mapping[str, str], tier: Tier) -> frozenset[str]:
    """Give the fields that somebody lets a tier see: none at all for whom the name is not.

    What is not said is not shown, and a word that is no audience shows nothing.
    """
    seen = frozenset(name for name in FIELDS if _reaches(tier, shown.get(name, NOBODY)))
    return seen if NAME in seen else frozenset()


def choices(given: Mapping[str, str]) -> dict[str, str]:
    """Keep of what was asked only known fields and known audiences; nobody is not written."""
    return {name: given[name] for name in FIELDS if given.get(name, NOBODY) in RANKED}


def _reaches(tier: Tier, audience: str) -> bool:
    return audience in RANKED and tier.reaches(Tier(audience))


RANKED = frozenset(tier.value for tier in Tier)
