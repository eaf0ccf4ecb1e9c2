"""Every way a value can miss its type, said whole in both languages."""

import re
from datetime import datetime
from typing import Annotated, Literal

import msgspec
import pytest
from msgspec import Meta, Struct

from fabrique.domain.language import Language
from fabrique.domain.misfit import RULES, explained

FRENCH, ENGLISH = Language("fr"), Language("en")
MISFIT = "This value does not fit here."


class One(Struct, forbid_unknown_fields=True, tag_field="kind"):
    x: int


class Two(Struct, tag_field="kind"):
    x: int


CASES = [
    (1, str, "Trouvé : un nombre entier. Attendu : un texte."),
    (1.5, int, "Trouvé : un nombre. Attendu : un nombre entier."),
    ("x", list | None, "Trouvé : un texte. Attendu : une liste ou rien (null)."),
    (True, dict, "Trouvé : vrai ou faux. Attendu : un objet."),
    (b"", datetime, "Trouvé : autre chose. Attendu : une date et une heure."),
    (2**53, Annotated[int, Meta(le=9)], "Ce nombre est supérieur à 9."),
    (0, Annotated[int, Meta(ge=1000)], "Ce nombre est inférieur à 1 000."),
    (-0.5, Annotated[float, Meta(ge=0)], "Ce nombre est inférieur à 0."),
    ("x", datetime, "Ce n’est pas une date et une heure avec son décalage."),
    ("2031-03-04T09:00:00", Annotated[datetime, Meta(tz=True)], "Ce n’est pas une date"),
    ("q", Literal["a", "b"], "Type ou valeur inconnue : « q »."),
    ({"kind": "Six", "x": 1}, One | Two, "Type ou valeur inconnue : « Six »."),
    ([], Annotated[list, Meta(min_length=1)], "Il en faut au moins 1 ici."),
    ([1, 2, 3], Annotated[list, Meta(max_length=2)], "Il en tient au plus 2 ici."),
    ("xxx", Annotated[str, Meta(max_length=2)], "Un texte dépasse 2 caractères."),
    ("\x07", Annotated[str, Meta(pattern="^[a]*$")], "Un texte contient un caractère de"),
    ({"kind": "One"}, One, "Il manque la clé « x »."),
    ({"kind": "One", "x": 1, "`y`": 2}, One, "Clé inconnue : « `y` »."),
]


def said(value, shape):
    with pytest.raises(msgspec.ValidationError) as no:
        msgspec.convert(value, shape)
    return str(no.value).partition(" - at `")[0]


@pytest.mark.parametrize(("value", "shape", "sentence"), CASES)
def test_what_does_not_fit_is_said_in_french(value, shape, sentence):
    text = re.sub("[\u00a0\u202f]", " ", FRENCH.say(explained(said(value, shape))))
    assert text.startswith(sentence)


def test_every_rule_has_its_case_here():
    heard = [said(value, shape) for value, shape, _ in CASES] + ["Integer value out of range"]
    for pattern, _ in RULES:
        assert any(re.fullmatch(pattern, message) for message in heard), pattern


def test_what_is_not_known_is_said_without_its_english():
    assert ENGLISH.say(explained(said([1], tuple[int, int]))) == MISFIT
