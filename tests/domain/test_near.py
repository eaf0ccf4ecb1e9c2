import pytest

from fabrique.domain.near import MOST, alike, nearest

NEAR = [
    ("Former les équipes à la billetterie", "Formation des équipes billetterie"),
    ("Mutualiser les outils", "mutualisation d’outils"),
    ("Un café par mois", "Des cafés chaque mois"),
    ("médiation numérique", "mediation numerique !"),
    ("partager nos données de billeterie", "Partager les données de billetterie"),
]
FAR = [
    ("Un café par mois", "Former les équipes"),
    ("billetterie", "bibliothèque"),
    ("plus de temps", "plus d’argent"),
    ("", ""),
    ("🎭", "🎪"),
]


@pytest.mark.parametrize(("one", "other"), NEAR)
def test_what_says_the_same_is_near(one, other):
    assert nearest((one, other)) == ((1,), (0,))
    assert alike(one, other) == alike(other, one)


@pytest.mark.parametrize(("one", "other"), FAR)
def test_what_does_not_is_not(one, other):
    assert nearest((one, other)) == ((), ())


def test_at_most_three_are_proposed_the_nearest_first():
    texts = ("former les équipes", *["former les équipes ici"] * 4, "former les équipes")
    assert len(nearest(texts)[0]) == MOST
    assert nearest(texts)[0][0] == 5
