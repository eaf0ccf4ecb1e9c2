"""What the columns of a file of members hold, guessed by their names, corrected by whoever asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fabrique.domain.fold_text import plain
from fabrique.domain.text import Text

ASIDE = ""
USES: Mapping[str, Text] = {
    ASIDE: Text("left aside"),
    "email": Text("e-mail address"),
    "name": Text("whole name"),
    "first": Text("first name"),
    "last": Text("family name"),
    "structure": Text("structure"),
    "territory": Text("territory"),
    "trade": Text("trade"),
    "starts_on": Text("first day"),
    "ends_on": Text("last day"),
    "paid": Text("paid or not"),
}
# A file is of the first of these whose signs are all among the names of its columns.
ORIGINS: Mapping[str, tuple[str, ...]] = {
    "galette": ("nom_adh", "prenom_adh"),
    "helloasso": ("statut de la commande", "email payeur"),
    "paheko": ("numero de membre",),
}
NAMES: Mapping[str, str] = {
    "galette": "Galette",
    "helloasso": "HelloAsso",
    "paheko": "Paheko",
    "table": "CSV",
}
# For each use, names of columns, folded; the first that is there wins.
GUESSES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "galette": {
        "email": ("email_adh",),
        "first": ("prenom_adh",),
        "last": ("nom_adh",),
        "structure": ("societe_adh",),
        "territory": ("region_adh", "ville_adh"),
        "trade": ("prof_adh",),
        "starts_on": ("date_debut_cotis",),
        "ends_on": ("date_echeance", "date_fin_cotis"),
    },
    "helloasso": {
        "email": ("email adherent", "email", "adresse email", "email payeur"),
        "first": ("prenom adherent", "prenom", "prenom payeur"),
        "last": ("nom adherent", "nom", "nom payeur"),
        "structure": ("raison sociale", "structure"),
        "territory": ("region", "ville", "ville payeur"),
        "starts_on": ("date de la commande", "date d'adhesion"),
        "ends_on": ("date d'expiration", "date de fin"),
        "paid": ("statut de la commande",),
    },
    "paheko": {
        "email": ("adresse e-mail", "adresse email", "e-mail", "email", "courriel"),
        "name": ("nom et prenom", "nom prenom", "identite", "membre", "nom"),
        "structure": ("structure", "organisme"),
        "territory": ("ville", "region"),
        "starts_on": ("date d'inscription a l'activite", "date de debut", "date d'inscription"),
        "ends_on": ("date d'expiration", "expiration"),
        "paid": ("paye", "paye ?", "statut"),
    },
    "table": {
        "email": ("e-mail", "email", "mail", "courriel", "adresse e-mail", "adresse email"),
        "name": ("nom complet", "nom et prenom", "name", "full name"),
        "first": ("prenom", "first name", "firstname"),
        "last": ("nom", "nom de famille", "last name", "lastname"),
        "structure": ("structure", "organisation", "organization", "societe"),
        "territory": ("territoire", "region", "territory", "ville"),
        "trade": ("metier", "fonction", "profession", "trade", "job"),
        "starts_on": ("debut", "date de debut", "date d'adhesion", "start", "from"),
        "ends_on": ("fin", "date de fin", "echeance", "date d'echeance", "end", "until"),
        "paid": ("paye", "a jour", "cotisation", "paid"),
    },
}


def origin_of(head: Sequence[str]) -> str:
    """Say which tool wrote a file, by the names of its columns."""
    names = {plain(one) for one in head}
    return next((one for one, signs in ORIGINS.items() if names.issuperset(signs)), "table")


def guessed(head: Sequence[str], origin: str) -> dict[int, str]:
    """Say what each column is for, from 1; each use once."""
    names = [plain(one) for one in head]
    found: dict[int, str] = {}
    for use, among in GUESSES[origin].items():
        place = next((names.index(one) for one in among if one in names), None)
        if place is not None and place + 1 not in found:
            found[place + 1] = use
    return found
