"""Files of members: what is understood, what stays out and why, each with its line."""

from datetime import date

import pytest

from fabrique.domain.text import Invalid
from fabrique.importers.members import Asked, read_members

TODAY = date(2026, 3, 1)
GALETTE = (
    "id_adh;nom_adh;prenom_adh;email_adh;societe_adh;ville_adh;date_crea_adh;date_echeance\n"
    "1;Essai;Ana;ana@example.org;Théâtre;Lyon;2020-01-01;2026-12-31\n"
    "2;Test;Bo;bo@example.org;;;2021-02-03;0000-00-00\n"
)
HELLOASSO = (
    "Référence commande;Date de la commande;Statut de la commande;Nom adhérent;Prénom adhérent;"
    "Nom payeur;Prénom payeur;Email payeur;Raison sociale\n"
    "11;02/01/2026 10:12;Validé;Essai;Ana;Essai;Ana;Ana@Example.org;Théâtre\n"
    "12;03/01/2026 11:00;En attente;Test;Bo;Test;Bo;bo@example.org;\n"
)
PAHEKO = (
    "Numéro de membre,Nom et prénom,Adresse e-mail,Date d'inscription,Date d'expiration,Payé\n"
    '1,"Essai, Ana",ana@example.org,01/09/2025,31/08/2026,Oui\n'
)


def read(text, encoding="utf-8", **asked):
    return read_members(text.encode(encoding), Asked(**asked), TODAY)


def test_galette_is_known_by_its_columns():
    found = read(GALETTE)
    assert found.origin == "galette"
    ana, bo = found.members
    assert (ana.name, ana.structure, ana.territory) == ("Ana Essai", "Théâtre", "Lyon")
    assert (ana.starts_on, ana.ends_on, ana.paid) == (date(2026, 1, 1), date(2026, 12, 31), True)
    assert (bo.starts_on, bo.ends_on) == (TODAY, date(2027, 2, 28))


def test_helloasso_is_known_by_its_columns():
    found = read(HELLOASSO)
    assert found.origin == "helloasso"
    ana, bo = found.members
    assert (ana.email, ana.name, ana.paid) == ("ana@example.org", "Ana Essai", True)
    assert (ana.starts_on, ana.ends_on) == (date(2026, 1, 2), date(2027, 1, 1))
    assert bo.paid is False


def test_paheko_is_known_by_its_columns():
    found = read(PAHEKO)
    assert found.origin == "paheko"
    (ana,) = found.members
    assert (ana.name, ana.starts_on, ana.ends_on) == (
        "Essai, Ana",
        date(2025, 9, 1),
        date(2026, 8, 31),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_alphabets_and_separators_are_found_out(encoding, separator):
    text = "Prénom;Nom;Courriel\nZoé;Été;zoe@example.org\nÉmile;Œuf;emile@example.org\n"
    found = read(text.replace(";", separator), encoding)
    assert [one.name for one in found.members] == ["Zoé Été", "Émile Œuf"]


def test_what_stays_out_is_named_with_its_line():
    text = (
        "email;nom;début;fin;payé\n"
        "ana@example.org;Ana;01/01/2026;31/12/2026;oui\n"
        ";Personne;;;\n"
        "pas une adresse;X;;;\n"
        "bo@example.org;Bo;31/02/2026;;\n"
        "cy@example.org;Cy;2026-05-01;2026-04-01;\n"
        "di@example.org;Di;;;peut-être\n"
        "ANA@example.org;Ana;01/01/2026;31/12/2026;oui\n"
        "ana@example.org;Ana;01/01/2027;31/12/2027;non\n"
        "el@example.org;El;1/2/26;;\n"
    )
    found = read(text)
    assert [(one.line, one.email, one.paid) for one in found.members] == [
        (2, "ana@example.org", True),
        (9, "ana@example.org", False),
    ]
    assert [(one.line, one.out) for one in found.problems] == [
        (3, True),
        (4, True),
        (5, True),
        (6, True),
        (7, True),
        (8, True),
        (9, False),
        (10, True),
    ]
    assert found.problems[5].text.params == {"line": 2}


def test_columns_are_corrected_and_each_is_for_one_thing():
    text = "A;B;C\nana@example.org;Ana;31/12/2026\n"
    with pytest.raises(Invalid):
        read(text)
    found = read(text, columns={1: "email", 2: "name", 3: "ends_on"}, paid=False)
    (ana,) = found.members
    assert (ana.name, ana.ends_on, ana.paid) == ("Ana", date(2026, 12, 31), False)
    assert [one.use for one in found.columns] == ["email", "name", "ends_on"]
    with pytest.raises(Invalid):
        read(text, columns={1: "email", 2: "email"})
    with pytest.raises(Invalid):
        read(text, columns={1: "email", 2: "crown"})


def test_without_a_last_day_it_lasts_a_year_or_for_ever():
    text = "email;début\nana@example.org;29/02/2024\n"
    assert read(text).members[0].ends_on == date(2025, 2, 28)
    assert read(text, lasts=False).members[0].ends_on is None


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"\x00\x01\x02", b'email\n"never closed']
)
def test_what_is_no_table_is_refused(content):
    with pytest.raises(Invalid):
        read_members(content, Asked(), TODAY)
