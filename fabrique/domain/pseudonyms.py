"""Pseudonyms: a thing of the theatre and a colour, in the language of the session.

The same journal gives the same ones, another session gives others, and none is a first name. They
are drawn from the ids of participants, which chance gave, and from what the session began with:
neither the order in which people came nor their names can be read from them.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

THINGS = {
    "fr": (
        "Rideau Lanterne Tréteau Projecteur Gradin Coulisse Loge Trappe Cintre Décor Costume "
        "Masque Chapeau Malle Programme Billet Affiche Tambour Trompette Violon Accordéon Piano "
        "Cymbale Marionnette Pupitre Partition Métronome Échelle Poulie Corde Tabouret Fauteuil "
        "Balcon Foyer Vestiaire Guichet Horloge Miroir Éventail Parapluie Bougie Chandelier "
        "Ballon Cerceau Toupie Chapiteau Roulotte Bicyclette"
    ).split(),
    "en": (
        "Curtain Lantern Trestle Spotlight Bleacher Wing Dressing-room Trapdoor Batten Scenery "
        "Costume Mask Hat Trunk Programme Ticket Poster Drum Trumpet Violin Accordion Piano "
        "Cymbal Puppet Lectern Score Metronome Ladder Pulley Rope Stool Armchair Balcony Lobby "
        "Cloakroom Counter Clock Mirror Fan Umbrella Candle Chandelier Balloon Hoop Top Tent "
        "Caravan Bicycle"
    ).split(),
}
# Words that do not change with the gender of the thing, and that nobody is called.
COLOURS = {
    "fr": (
        "rouge jaune orange mauve turquoise pourpre ocre ivoire beige indigo corail safran "
        "moutarde brique ardoise paille sépia marron kaki azur"
    ).split(),
    "en": (
        "red yellow orange mauve turquoise purple ochre ivory beige indigo coral saffron mustard "
        "brick slate straw sepia brown khaki azure"
    ).split(),
}


def pseudonyms(people: Iterable[str], language: str, seed: str) -> dict[str, str]:
    """Give everybody a pseudonym of their own; those who come later change nobody's."""
    tongue = "fr" if language.lower().startswith("fr") else "en"
    things, colours = THINGS[tongue], COLOURS[tongue]
    taken: set[int] = set()
    found: dict[str, str] = {}
    for one in people:
        draw = int.from_bytes(sha256(f"{seed}\n{one}".encode()).digest()[:8], "big")
        place = draw % (len(things) * len(colours))
        while place in taken:
            place += 1
        taken.add(place)
        found[one] = _words(things, colours, place)
    return found


def _words(things: list[str], colours: list[str], place: int) -> str:
    """Say a place; beyond the last pair, the pairs come again with a number."""
    again, pair = divmod(place, len(things) * len(colours))
    colour, thing = divmod(pair, len(things))
    words = f"{things[thing]} {colours[colour]}"
    if things is THINGS["en"]:
        words = f"{colours[colour].capitalize()} {things[thing].lower()}"
    return f"{words} {again + 1}" if again else words
