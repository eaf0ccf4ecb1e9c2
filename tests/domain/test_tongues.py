"""The language of what is said: told by small words, said where it is not that of the session."""

import pytest

from fabrique.domain.language import Language
from fabrique.domain.other_language import of_recording, of_transcript
from fabrique.domain.tongues import NAMES, shares, tongue

SAID = {
    "fr": "Nous proposons de reporter la rencontre de Lyon au douze mai, parce que la salle n’est"
    " pas libre avant. Il faudra prévenir toutes les personnes inscrites.",
    "en": "We propose to move the meeting to the twelfth of May because the room is not free"
    " before. Everybody who registered should be told by the end of the week.",
    "de": "Wir schlagen vor, das Treffen auf den zwölften Mai zu verschieben, weil der Saal vorher"
    " nicht frei ist. Alle angemeldeten Personen müssen bis Ende der Woche informiert werden.",
    "es": "Proponemos aplazar el encuentro de Lyon al doce de mayo, porque la sala no está libre"
    " antes. Habrá que avisar a todas las personas inscritas antes del fin de semana.",
    "it": "Proponiamo di rimandare l’incontro di Lione al dodici maggio, perché la sala non è"
    " libera prima. Bisognerà avvisare tutte le persone iscritte entro la fine della settimana.",
    "pt": "Propomos adiar o encontro de Lyon para doze de maio, porque a sala não está livre antes."
    " Será preciso avisar todas as pessoas inscritas até ao fim da semana.",
    "nl": "We stellen voor om de bijeenkomst in Lyon naar twaalf mei te verplaatsen, omdat de zaal"
    " niet eerder vrij is. Alle ingeschreven mensen moeten voor het einde van de week iets horen.",
}
BUSINESS = (
    (
        "On a un workshop sur le design thinking, avec un feedback du product owner, et le sprint"
        " review est vendredi ; le backlog est trop gros, donc on fait un brainstorming."
    ),
    (
        "Voilà, moi je pense que le mapping des stakeholders, le benchmark, le reporting, c’est du"
        " business as usual, un quick win pour le management."
    ),
)
NOBODY = (
    (
        "Nina Roux, Zoé Ferrand, Ana Bérard, Théâtre du Vercors, Lyon, Grenoble, Marie Dupont, Jean"
        " Martin, Paul Durand, Claire Petit, Louis Moreau, Emma Simon, Hugo Laurent"
    ),
    (
        "Proponujemy przełożyć spotkanie w Lyonie na dwunastego maja, ponieważ sala nie jest"
        " wcześniej wolna. Trzeba będzie zawiadomić wszystkie zapisane osoby przed końcem tygodnia."
    ),
    "Oui.",
    "",
    "12 34 56 %%% 2026",
)
SPEAK = Language("en").say


@pytest.mark.parametrize("code", sorted(NAMES))
def test_each_language_is_told_by_its_small_words(code):
    found = tongue(SAID[code])
    assert (found.code, found.confidence > 0.7) == (code, True)
    assert shares([SAID[code]] * 3) == {code: 1.0}


@pytest.mark.parametrize("text", NOBODY)
def test_of_names_of_an_unknown_language_and_of_a_few_words_nothing_is_said(text):
    assert tongue(text) is None
    assert of_transcript([text] * 4, "fr") is None


def test_too_few_words_say_nothing_and_cues_are_joined_until_they_do():
    words = SAID["de"].split()
    assert tongue(" ".join(words[:12])) is None
    cues = [" ".join(words[n : n + 3]) for n in range(0, len(words), 3)]
    assert set(shares(cues)) == {"de"}


@pytest.mark.parametrize("code", sorted(set(NAMES) - {"fr"}))
def test_another_language_than_the_session_is_said(code):
    found = of_transcript([SAID[code]] * 3, "fr")
    assert SPEAK(found).startswith(
        f"This transcript seems to be in {SPEAK(NAMES[code])}, this session in French."
    )
    assert of_transcript([SAID[code]], code) is None


def test_what_it_means_is_told_by_what_checks_are_made_for():
    assert "looked at as French or English" in SPEAK(of_transcript([SAID["de"]], "fr-CA"))
    assert "stays in French" in SPEAK(of_transcript([SAID["fr"]], "en"))


def test_french_full_of_english_words_is_french():
    assert shares(BUSINESS) == {"fr": 1.0}
    assert of_transcript([*BUSINESS, SAID["fr"]] * 5, "fr") is None


def test_a_quarter_in_another_language_is_said_and_a_quotation_is_not():
    one_in_three = [SAID["fr"], SAID["fr"], SAID["de"]] * 4
    found = SPEAK(of_transcript(one_in_three, "fr"))
    assert found.startswith("About 35% of this transcript seems to be in German")
    assert of_transcript([SAID["fr"]] * 6 + [SAID["en"]], "fr") is None


def test_what_was_heard_is_compared_with_what_it_was_written_in():
    assert of_recording({"fr": 0.99}, "fr") is None
    assert of_recording({}, "fr") is None
    assert "be in German, and was written" in SPEAK(of_recording({"de": 0.97}, "fr"))
    both = SPEAK(of_recording({"fr": 0.6, "pl": 0.4}, "fr"))
    assert both.startswith("About 40% of this recording seems to be in another language (pl)")
