"""A house full of people and gatherings beside a server: `python -m tests.journeys.house`."""

import json
import sys
import uuid
from datetime import timedelta

from tests.store.instance import instance

instance()

from django.utils import timezone  # noqa: E402 - needs Django to be set up

from fabrique.actions import (  # noqa: E402
    approve,
    calls,
    groups,
    interest,
    invitations,
    joining,
    polls,
    profile,
    propose,
    publish,
    registrations,
    seats,
    series,
    slots,
    spotted,
    video,
)
from fabrique.actions.calls import Given  # noqa: E402
from fabrique.actions.compose.shop_plan import held_of  # noqa: E402
from fabrique.actions.intake import articles, keep  # noqa: E402
from fabrique.actions.news import gone_address  # noqa: E402
from fabrique.actions.programme.speakers import speaker_link  # noqa: E402
from fabrique.actions.registration_letters import badge_of, token_of  # noqa: E402
from fabrique.domain.offering import slots_of  # noqa: E402
from fabrique.domain.tier import Tier  # noqa: E402
from fabrique.importers.members import Asked, read_members  # noqa: E402
from fabrique.store.models import Availability, Pool, Structure  # noqa: E402
from tests.actions.composed import planned  # noqa: E402
from tests.actions.shopped import shopped  # noqa: E402
from tests.importers.wordpress.exports import export, item, read  # noqa: E402
from tests.journeys import days as big  # noqa: E402
from tests.journeys import shelved  # noqa: E402
from tests.journeys.days import cookie  # noqa: E402
from tests.store.made import gathering, person  # noqa: E402
from tests.web.days import given  # noqa: E402

FIRST = (
    "Anaëlle Baptiste Célestine Dorian Éloïse Faustin Gwenaëlle Hippolyte Inès Joachim Kenza"
    " Léandre Maëlys Noé Oriane Pierre-Emmanuel Quitterie Rose Sélim Thaïs"
).split()
LAST = (
    "Abgrall;Ben Youssef;de la Rochefoucauld-Villedieu;Diallo;El Khoury;Fontanel;Guégan"
    ";Nguyen Van Thành;Le Gall-Kerouredan;Marchetti"
).split(";")
HOUSES = (
    (
        "Théâtre national de la Presqu’île, centre dramatique et laboratoire des écritures",
        "théâtre",
    ),
    ("Compagnie du Quai", "compagnie"),
    ("Médiathèque départementale de Haute-Bretagne", "bibliothèque"),
    ("La Verrière", "tiers-lieu"),
)
TRADES = ("Médiatrice culturelle", "Régisseur général", "Administratrice de production", "Autrice")
LANDS = ("Bretagne", "Île-de-France", "Provence-Alpes-Côte d’Azur")
LONG = (
    "Comment les équipes de production et de médiation peuvent-elles partager leurs outils"
    " numériques sans s’épuiser ?"
)
ASKED = [
    {"id": "diet", "kind": "open", "title": "Un régime ou une allergie à nous signaler ?"},
    {
        "id": "come",
        "kind": "single",
        "title": "Comment viendrez-vous ?",
        "options": ["En train", "À vélo", "En voiture, et je peux emmener des gens"],
        "rule": {"required": "yes", "kept": 10},
    },
    {
        "id": "access",
        "kind": "open",
        "title": "De quoi avez-vous besoin pour suivre confortablement ?",
    },
]


def evening(days):
    """Two hours of an evening so many days from now."""
    starts_at = timezone.localtime().replace(hour=18, minute=30, second=0, microsecond=0)
    starts_at += timedelta(days=days)
    return {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}


def crowd(now):
    """Forty people, their structures, what they show of themselves."""
    found = []
    for n in range(40):
        name = f"{FIRST[n % 20]} {LAST[(n * 3 + n // 20) % 10]}"
        one = person(f"personne-{n}", tier=(Tier.ADHERENT, Tier.MEMBER)[n % 2])
        texts = {"brings": "Des ateliers d’une heure.", "seeks": "Des complices pour une veillée."}
        said = profile.Said(
            name=name,
            structure=HOUSES[n % 4][0],
            trade=TRADES[n % 4],
            level="practising",
            territory=LANDS[n % 3],
            texts=texts,
            shown=dict.fromkeys(
                ("name", "structure", "trade", "level", "territory", "brings", "seeks"), "guest"
            ),
        )
        profile.save(one, said, now)
        found.append(one)
    for name, kind in HOUSES:
        Structure.objects.filter(name=name).update(kind=kind, territory="Bretagne")
    return found


def association(people, team, now):
    """Groups, requests, an import, events of others, slots."""
    for title in ("Sobriété numérique", "Accessibilité des lieux et des contenus de médiation"):
        made = groups.make(title, "On se retrouve tous les deux mois, à distance.", team)
        for one in people[:6]:
            row = groups.ask(made, one, now)
            if one is not people[5]:
                groups.accept(row, team, now)
    joining.ask(people[1], "J’anime un tiers-lieu et j’aimerais rejoindre les ateliers.", now)
    lines = "".join(f"import.{n}@example.org;Personne {n};01/01/2026\n" for n in range(8))
    file = f"email;nom;début\n{lines}mauvais;X;\n".encode()
    batch = keep(file, read_members(file, Asked(), timezone.localdate()), team, now)
    for n, title in enumerate(("Biennale des arts et des sciences numériques", "Nuit du code")):
        form = {
            "title": title,
            "url": "https://www.example.org/biennale",
            "day": f"{timezone.localdate() + timedelta(days=9 + n)}",
            "all_day": "on",
            "place": "Rennes, Champs libres",
            "host": "La Ville",
            "why": "On y parle de médiation et de bâtiments à partager.",
        }
        spotted.spot(form, team, now)
    at = (now + timedelta(days=30)).replace(hour=18, minute=0, second=0, microsecond=0)
    slots.add("free", (at, at + timedelta(hours=2)), "En soirée", 4, team)
    return batch.pk


def begun(lane, by, now, **words):
    """A draft that says something."""
    made = propose.start(lane, by, now)
    propose.save(made, propose.said(made) | words, 0, by)
    made.refresh_from_db()
    return made


def prepared(host, people, team, now):
    """A proposal that waits, one that was accepted and asks when, a draft that looks for others."""
    waiting = begun("prepared", people[2], now, title=LONG, question="Qui tient quoi ?", when="Mai")
    propose.propose(waiting, people[2], now)
    seeks = {"seeks": "1", "wish": "Quelqu’un qui aime animer, quelqu’un qui aime écrire."}
    draft = begun("quick", host, now, title="Veillée des ratés", question=LONG, **seeks)
    asked = begun("prepared", host, now, title="Écrire à plusieurs", question=LONG)
    propose.propose(asked, host, now)
    approve.decide(asked, "accept", "Avec joie.", team, now)
    approve.release(team, now)
    asked.refresh_from_db()
    at = (now + timedelta(days=30)).replace(hour=18, minute=0, second=0, microsecond=0)
    wanted = [(at + timedelta(days=7 * n), at + timedelta(days=7 * n, hours=2)) for n in range(3)]
    poll = polls.open_poll(asked, wanted, now + timedelta(days=7), host, now)
    options = [f"{one.pk}" for one in poll.options.order_by("starts_at")]
    for n, one in enumerate(people[:9]):
        picked = {key: ("yes", "maybe", "no")[(n + at) % 3] for at, key in enumerate(options)}
        Availability.objects.create(
            poll=poll, name=one.name, person=one, key=f"{n:064}", choices=picked
        )
    series.begin(asked, "monthly", "Les cafés du lundi", host)
    video.want(asked, "link", "https://meet.example.org/ecrire", host, now)
    call = invitations.invite(asked, "complice@example.org", "Viens animer avec nous ?", host, now)
    return {
        "invited": f"/invited/{invitations.token_of(call)}/",
        "draft": f"{draft.pk}",
        "asked": asked.slug,
        "poll": poll.token,
        "waiting": waiting.slug,
    }


def open_one(host, people, antenna_host, now):
    """A gathering whose seats are open, forty of them taken and more people waiting."""
    about = gathering(
        "Fabrique ouverte : partager les outils numériques entre lieux et compagnies",
        [host],
        **evening(12),
        question=LONG,
        about="Deux heures pour **essayer**.\n\n- une démonstration\n- des tables\n- un verre",
        mode="hybrid",
        place="Le Hangar, 12 quai des Tisserands, 35000 Rennes",
        target=60,
        door="registered",
    )
    site = seats.open_pool(about, "site", "Sur place, dans la grande salle", 30, host)
    seats.open_pool(about, "remote", "À distance", None, host)
    place = "Médiathèque, salle du Phare, Saint-Pierre-Quiberon"
    antenna = seats.open_pool(about, "antenna", "Antenne de la Presqu’île", 6, antenna_host, place)
    registrations.keep_form(about, {"asked": ASKED}, host)
    rows = []
    for n, one in enumerate(people):
        rows.append(seated(antenna if n % 8 == 7 else site, one, now))
    row = next(one for one in rows if one.state == "confirmed" and one.pool_id == site.pk)
    for one in rows[:3]:
        seats.check(about, seats.Act(uuid.uuid4(), "in", one.pk, now), now, host)
    sitting = [f"{one.pk}" for one in rows if one.state in ("confirmed", "attended") and one.main]
    composed = planned(
        about, host, sitting, "Tables de rencontre", mix={"trade": 3, "territory": 2}
    )
    seated_ = [one for one in rows if f"{one.pk}" in sitting]
    choice = shopped(about, host, seated_, "Ateliers du samedi")
    registrations.draft_letters(rows[:4], "Venir en train", "La gare est à dix minutes.", now, host)
    return about, {
        "open": about.slug,
        "own": token_of(row.pk),
        "late": token_of(next(one.pk for one in rows if one.state == "waiting")),
        "row": f"{row.pk}",
        "badge": badge_of(row.pk),
        "pool": antenna.pk,
        "composition": f"{composed.pk}",
        "sits": sitting[0],
        "choice": f"{choice.pk}",
        "chooses": sitting[0],
        "slot": slots_of(held_of(choice.current))[0],
    }


def seated(pool, one, now):
    needs = {"access": {"text": "Un accès de plain-pied."}} if pool.kind == "antenna" else {}
    return seats.enter(
        seats.Entry(
            id=uuid.uuid4(),
            pool=pool.pk,
            email=one.email,
            name=one.name,
            tier=Tier.MEMBER,
            person=one,
            answers={"come": {"choice": [0]}} | needs,
        ),
        now,
    )


def others(host, people, team, now):
    """One announced, one past, one cancelled, one where nothing was begun."""
    soon = gathering(LONG, [host], **evening(40), state="prepared", question=LONG, target=20)
    publish.announce(soon, team, now)
    soon.refresh_from_db()
    for n, one in enumerate(people[:12]):
        said = ("yes", "yes", "maybe", "no")[n % 4]
        interest.answer(soon, said, now, name=one.name, email=one.email, person=one)
    past = gathering("Café du lundi", [host], **evening(-20), question="Qu’avons-nous raté ?")
    empty = gathering("Une Fabrique toute neuve", [host], **evening(25))
    off = gathering("Fabrique des vœux", [host], **evening(8))
    publish.cancel(off, team, now, reason="Trop peu de monde ce soir-là.")
    return {"soon": soon.slug, "past": past.slug, "empty": empty.slug, "off": off.slug}


def contributions(about, people):
    for n, one in enumerate(people[:7]):
        words = given(title=f"{TRADES[n % 4]} : {LONG[:80]}", name=one.name, email=one.email)
        asked = {"q1": ["Tout le monde"]}
        made = Given(
            name=one.name,
            email=one.email,
            title=words["title"],
            about="Une heure pour essayer.",
            kind="workshop",
            language="fr",
            minutes=60,
            answers=asked,
        )
        row = calls.contribute(about.call, made, one, timezone.now(), send=True)
    return {"contribution": f"{row.pk}", "call": calls.contribution_link(row)}


def main():
    now = timezone.now()
    team, host, antenna_host = person("Iris", roles=["staff"]), person("Olga"), person("Yann")
    people = crowd(now)
    told = shelved.fill(people, team)
    told |= {"batch": association(people, team, now)}
    site = read(export(item(3, title=LONG), item(4, title="Récit d’une saison à vélo")))
    choice = articles.Choice(Tier.GUEST)
    told["articles"] = articles.keep("", site, choice, lambda _path: False, team, now).pk
    told |= prepared(host, people, team, now)
    about, more = open_one(host, people, antenna_host, now)
    told |= more | others(host, people, team, now)
    days, lead = big.full()
    told |= {"days": days.slug} | contributions(days, people)
    told["speaking"] = speaker_link(days.speakers.exclude(email="").first())
    told |= {"person": f"{people[0].pk}", "structure": people[0].structure_id}
    told |= {
        "item": f"{days.items.first().pk}",
        "place": days.venue_search.leads.first().pk,
        "criterion": days.venue_search.criteria.first().pk,
    }
    told["stop"] = gone_address("someone@example.org", f"gathering:{about.pk}")
    told["month"] = f"{about.starts_at.year}/{about.starts_at.month}"
    told["words"] = [
        *days.duties.values_list("title", flat=True),
        *days.duties.values_list("about", flat=True),
        *days.venue_search.criteria.values_list("title", flat=True),
        *Pool.objects.values_list("title", flat=True),
        days.call.about,
        "Tout le monde",
        "Avez-vous besoin d’un hébergement ?",
    ]
    looking = {
        "member": people[3],
        "author": people[0],
        "adherent": people[0],
        "host": host,
        "lead": lead,
        "antenna": antenna_host,
        "team": team,
    }
    return told | {"who": {name: cookie(one) for name, one in looking.items()}}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()) + "\n")
