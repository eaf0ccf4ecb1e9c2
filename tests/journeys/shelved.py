"""A library with a bit of everything, for those who look at its pages."""

from datetime import date

from django.utils import timezone
from msgspec import structs

from fabrique.actions.library import opinions, shelf, write
from fabrique.actions.requests import answer, ask, link
from fabrique.domain.submission import Given
from fabrique.store.models import Resource, ResourceAuthor, Series, Theme

THEMES = ("Sobriété numérique", "Médiation", "Accessibilité", "Billetterie et données des publics")
BODY = """Ce kit est né de trois ateliers.

## Avant de commencer

- Réunir quatre à huit personnes, dont **une** qui n’est pas du métier.
- Prévoir deux heures.

On peut s’aider de [la grille](https://example.org/grille).

> « On a gagné une journée par mois. »

## Le chemin

1. Chacun·e raconte un outil qui l’a aidé.
2. On cherche ce qui se répète.
"""
TEXTS = (
    (
        "kit-de-tri",
        "tool",
        "Kit de tri des outils numériques d’un lieu",
        "template",
        "CC-BY-SA-4.0",
    ),
    ("usages", "study", "Usages du numérique dans 412 lieux du spectacle vivant", "report", ""),
    ("cahier-1", "resource", "Cahier n° 1 : écrire un cahier des charges", "guide", "CC-BY-4.0"),
    ("cahier-2", "resource", "Cahier n° 2 : choisir une billetterie", "guide", "CC-BY-4.0"),
    ("recit", "article", "Récit d’une saison sans réseau social", "text", "CC-BY-NC-ND-4.0"),
)


def fill(people, team):
    """Put some texts on the shelf; give the slug of each by its kind."""
    themes = [Theme.objects.create(slug=f"t{n}", title=one) for n, one in enumerate(THEMES)]
    series = Series.objects.create(slug="cahiers", title="Les cahiers du réseau", kind="project")
    for n, (slug, kind, title, form, licence) in enumerate(TEXTS):
        made = Resource.objects.create(
            slug=slug,
            kind=kind,
            title=title,
            summary="Ce que nous avons appris en trois ateliers, et de quoi le refaire chez vous.",
            body=BODY,
            format=form,
            licence=licence,
            state="published",
            audience="guest",
            published_on=date(2023 + n // 2, 3 + n, 12),
            link="https://www.example.org/etude" if kind == "study" else "",
            series=series if slug.startswith("cahier") else None,
            submitter=people[n],
            submitted_at=timezone.now(),
        )
        made.themes.set(themes[n % 4 : n % 4 + 2])
        ResourceAuthor.objects.create(resource=made, person=people[n], agreed=True)
        ResourceAuthor.objects.create(resource=made, name="Collectif du Pré", rank=1)
        shelf.put(made)
    tool = Resource.objects.get(slug="kit-de-tri")
    now = timezone.now()
    for one, stars in zip(people[5:9], (5, 4, 4, 2), strict=True):
        opinions.rate(tool, stars, one, now)
    opinions.comment(tool, "Nous l’avons fait à six, en deux heures et demie.", people[5], now)
    said = opinions.comment(tool, "Voir mon site pour mieux.", people[6], now)
    opinions.report(said, "C’est de la publicité.", people[5], now)
    hidden = opinions.comment(tool, "Hors sujet.", people[7], now)
    opinions.hide(hidden, "Sans rapport avec l’outil.", team, now)
    return (
        {"tool": "kit-de-tri", "study": "usages", "resource": "cahier-1"}
        | asked(people[0], now)
        | requested(team, now)
    )


def asked(author, now):
    """Leave a text with the team, and changes to one that is published."""
    words = {"title": "Grille d’accueil des publics sourds", "summary": "Deux pages."}
    given = Given(**words, body=BODY, chosen=("t1", "t2"))
    made = write.begin(given, author, now)
    write.submit(made, author, now)
    tool = Resource.objects.get(slug="kit-de-tri")
    fresh = structs.replace(write.said(tool), title="Kit de tri, deuxième édition")
    write.save(tool, fresh, author, now, team=False)
    return {"asked_text": made.slug}


def requested(team, now):
    """Leave what two readers ask of a text, one of them answered; give the link for others."""
    row = Resource.objects.get(slug="cahier-1")
    mail = {"name": "Ali Ben", "email": "ali@example.org"}
    words = "Mon nom est dans ce cahier, et je ne travaille plus dans ce réseau."
    ask.ask(row, ask.Asked("removal", words, **mail), None, now)
    old = ask.ask(row, ask.Asked("correction", "Un lien est mort.", **mail), None, now)
    answer.answer(old, "done", "Le lien est réparé.", team, now)
    return {"ask_link": f"/resources/ask/{link.token_of(row)}/"}
