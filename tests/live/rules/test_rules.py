from fabrique.domain import verbs
from fabrique.live.rules import RULES
from tests.importers.scripts import KINDS


def test_every_rule_is_somebodys_to_ask():
    assert set(RULES) == verbs.HUB | verbs.ANIMATION | verbs.TAKING_PART
    assert not verbs.ANIMATION & verbs.BY_PARTICIPANTS


def test_no_kind_has_a_verb_of_the_session():
    """Such a verb would never reach its kind."""
    for kind, activity in KINDS.items():
        assert not set(activity.verbs) & set(RULES), kind
