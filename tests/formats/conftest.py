"""A report with every kind of block, and one of the size of a real café. Every word is invented."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from fabrique.domain.blocks import (
    Bar,
    Bars,
    Chart,
    Cloud,
    Column,
    Columns,
    Fact,
    Facts,
    Heading,
    Items,
    Notice,
    Paragraph,
    Picture,
    Quote,
    Quotes,
    Report,
    Section,
    Table,
    Wall,
    Word,
)
from fabrique.domain.text import Name, Text

START = datetime(2031, 3, 4, 9, 0, tzinfo=UTC)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]></svg><!-- & &amp; -->",
    "#eval(1) $x$ *gras* @ref <label> \\ `raw` //",
    "\u202egauche à droite\u202c",
    "ź̵̢̧̛͙̯͓̙̙̥̲̳̲̥̙͖̬̹̙̱a̸̱͗l̷̰̈́g̴͕͐o",
    "🎭 famille 👨‍👩‍👧 drapeau 🇫🇷 café",
    "日本の劇場 שלום مرحبا",
    "=HYPERLINK(1)",
    "mot" * 600,
    "\x00\x07tab\tligne\nsuite",
    "",
)
PIXEL = base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    b'<rect width="40" height="20"/></svg>'
).decode()
TEXTS = (
    "Prêter des projecteurs entre salles voisines",
    "Un agenda commun des résidences, tenu à plusieurs",
    "Raconter aussi ce qui a raté",
    "Former les équipes d'accueil à la description",
    "Des décors en location",
    "Écrire une charte courte et la suivre",
)


def people(n):
    return Text("{n} person", {"n": n}, "{n} people")


def bars_chart(anchor, title, options, counts):
    bars = tuple(
        Bar(label, n, Text("{percent}%", {"percent": 100 * n // max(sum(counts), 1)}), people(n))
        for label, n in zip(options, counts, strict=True)
    )
    table = Table(
        title,
        (Text("Option"), Text("People"), Text("Share")),
        tuple((bar.label, str(int(bar.value)), bar.figure) for bar in bars),
        (1, 2),
    )
    count = Text("{n} answer", {"n": sum(counts)}, "{n} answers")
    return Chart(anchor, title, count, alt(title), Bars(bars, max([*counts, 1])), table)


def alt(title):
    return Text(
        "Chart of the answers to “{title}”; every figure is written below it.", {"title": title}
    )


def columns_chart(anchor, title, counts, mark):
    bars = tuple(Bar(str(g), n, str(n), people(n)) for g, n in enumerate(counts, 1))
    rows = tuple((bar.label, str(int(bar.value))) for bar in bars)
    table = Table(title, (Text("Grade"), Text("People")), rows, (0, 1))
    count = Text("{n} answer", {"n": sum(counts)}, "{n} answers")
    return Chart(anchor, title, count, alt(title), Columns(bars, mark), table)


def cloud_chart(anchor, title, words):
    rows = tuple((label, str(n), str(n), f"{label}, {label}s") for label, n in words)
    head = (Text("Word"), Text("People"), Text("Entries"), Text("Written"))
    count = Text("{n} answer", {"n": sum(n for _, n in words)}, "{n} answers")
    cloud = Cloud(tuple(Word(label, n) for label, n in words))
    return Chart(anchor, title, count, alt(title), cloud, Table(title, head, rows, (1, 2)))


def wall_chart(anchor, title, columns):
    rows = tuple((column, note) for column, notes in columns for note in notes)
    count = Text("{n} note", {"n": len(rows)}, "{n} notes")
    wall = Wall(tuple(Column(column, tuple(notes)) for column, notes in columns))
    table = Table(title, (Text("Column"), Text("Note")), rows)
    return Chart(anchor, title, count, alt(title), wall, table)


def facts(joined, answered):
    return Facts(
        (
            Fact(Text("present"), str(joined)),
            Fact(Text("answered"), str(answered)),
            Fact(Text("share of those present"), Text("{percent}%", {"percent": 63})),
        )
    )


def build(sections, **changes):
    given = {
        "title": "Café des ateliers : réparer, prêter, transmettre",
        "kind": "café",
        "language": "fr",
        "starts_at": START,
        "ends_at": START + timedelta(minutes=66),
        "timezone": "Europe/Paris",
        "facilitator": "Équipe des ateliers",
        "introduction": "Une heure, un sujet, et ce qu'il en reste.\nTout le monde écrit.",
        "facts": facts(71, 50).facts,
        "sections": tuple(sections),
        "results": {"title": "Café", "b": [1, 2.5], "a": None},
        "fingerprint": "sha256:0123456789abcdef",
    }
    return Report(**given | changes)


@pytest.fixture
def every_block():
    return build(
        [
            Section(
                "tout",
                Name(fr="Étape 1 · Questionnaire", en="Step 1 · Questionnaire"),
                "Tout ce qu'un compte-rendu peut dire",
                (
                    facts(71, 50),
                    Heading("Où prête-t-on déjà ?"),
                    bars_chart("q1", "Où prête-t-on déjà ?", ("partout", "ici"), (12, 5)),
                    columns_chart("q2", "Utile ?", (1, 0, 3, 12, 20), 4.4),
                    cloud_chart("mots", "Un mot ?", (("prêt", 9), ("atelier", 2), ("colle", 1))),
                    wall_chart(
                        "mur", "Le mur", (("Je donne", TEXTS[:3]), ("Je cherche", TEXTS[3:]))
                    ),
                    Paragraph("Deux lignes\nde texte."),
                    Notice(Text("Percentages are rounded: they may not add up to 100.")),
                    Items(TEXTS),
                    Quotes((Quote("Bravo.", "Nour", START), Quote("À refaire."))),
                    Table(
                        "Pages", ("Page", "Heure"), (("1", "09:39:00"), ("2", "09:40:00")), (0, 1)
                    ),
                    Picture(f"data:image/svg+xml;base64,{PIXEL}", "Un rectangle noir"),
                    Picture("https://elsewhere.example/a.png", "Une image restée ailleurs"),
                    Picture("data:image/png;base64,AAAA", "Une image abîmée"),
                ),
                1,
            ),
            Section("methode", "", Text("How this was counted"), (Paragraph("Chaque voix."),)),
        ]
    )


def hostile_section(number, words):
    head = (words, words)
    return Section(
        f"h{number}",
        words,
        words,
        (
            Heading(words),
            Paragraph(words),
            Notice(words),
            Items((words,)),
            Facts((Fact(words, words),)),
            Quotes((Quote(words, words, START),)),
            Table(words, head, ((words, words),)),
            Picture(words, words),
            bars_chart(f"b{number}", words, (words, words), (3, 4)),
            columns_chart(f"c{number}", words, (0, 2), 1.5),
            cloud_chart(f"w{number}", words, ((words, 3), ("b", 1))),
            wall_chart(f"m{number}", words, ((words, (words, "x")), ("y", (words,)))),
        ),
        number,
    )


@pytest.fixture
def hostile():
    return build(
        [hostile_section(n, words) for n, words in enumerate(HOSTILE, 1)],
        title=HOSTILE[0],
        introduction=HOSTILE[6],
        facilitator=HOSTILE[3],
        kind=HOSTILE[4],
    )


@pytest.fixture
def cafe_sized():
    """71 people, 107 cards, 56 ideas, 46 words, 17 verbatims, 11 questions, a vote."""
    return build(
        [
            _section(
                1,
                "defi",
                "Question surprise",
                "En quelle année ?",
                [facts(71, 2), Items(TEXTS[:2])],
            ),
            _section(
                2,
                "prets",
                "Questionnaire",
                "Qui prête quoi ?",
                [facts(71, 50), *_questions("a", 5)],
            ),
            _section(3, "mot", "Nuage de mots", "Un mot ?", [facts(71, 46), _words()]),
            _section(4, "mur", "Mur", "Donner, recevoir", [facts(71, 40), _wall()]),
            _section(
                5, "idees", "Idées", "Où cela compte-t-il ?", [facts(71, 40), Items(_texts(56))]
            ),
            _section(
                6, "usages", "Questionnaire", "Vos usages", [facts(71, 48), *_questions("b", 6)]
            ),
            _section(7, "avis", "Vote", "Votre avis ?", [facts(71, 37), *_vote()]),
            _section(None, "fil", "", "Messages", [Quotes(_quotes(6))]),
            _section(None, "methode", "", "Comment c'est compté", [Items(TEXTS)]),
        ]
    )


def _section(number, anchor, kind, title, blocks):
    return Section(anchor, kind and f"Étape {number} · {kind}", title, tuple(blocks), number)


def _questions(prefix, number):
    for n in range(number):
        title = f"Question {n + 1} : à quel rythme prêtez-vous du matériel ?"
        options = ("jamais", "pas encore, mais c'est prévu", "de temps en temps", "chaque mois")
        yield Heading(title)
        yield bars_chart(f"{prefix}{n}", title, options, (4, 25, 7, 9 + n))


def _texts(number):
    return tuple(f"{TEXTS[n % len(TEXTS)]}, version {n + 1}" for n in range(number))


def _words():
    return cloud_chart(
        "mot", "Un mot ?", tuple((f"parole{n}", 1 + 12 // (n + 1)) for n in range(46))
    )


def _wall():
    columns = (("Ce que j'apporte", _texts(60)), ("Ce que je cherche", _texts(47)))
    return wall_chart("mur", "Donner, recevoir", columns)


def _vote():
    return [columns_chart("avis", "Votre avis ?", (0, 1, 4, 18, 14), 4.2), Quotes(_quotes(17))]


def _quotes(number):
    return tuple(Quote(text, "Nour", START) for text in _texts(number))


@pytest.fixture
def build_hostile():
    """Builds a report with the same words in every place that words can take."""

    def with_words(words):
        section = hostile_section(1, words)
        given = {"title": words, "introduction": words, "facilitator": words, "kind": words}
        return build([section], **given, facts=(Fact(words, words),), fingerprint=words)

    return with_words
