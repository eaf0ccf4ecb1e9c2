"""Texts that were published, beside a server: `python -m tests.journeys.articles ARCHIVE`."""

import json
import sys
from pathlib import Path

from tests.store.instance import instance

instance()

from django.utils import timezone  # noqa: E402 - needs Django to be set up

from fabrique.actions import seats  # noqa: E402
from fabrique.actions.animate import import_archive  # noqa: E402
from fabrique.actions.minutes import begin, draft, publish, review, transcript  # noqa: E402
from fabrique.domain.edition import Verdict  # noqa: E402
from fabrique.domain.tier import Tier  # noqa: E402
from fabrique.store.models import Gathering, Registration, Series  # noqa: E402
from tests.journeys.days import cookie  # noqa: E402
from tests.store.made import gathering, person  # noqa: E402

VTT = """WEBVTT

1
00:00:05.000 --> 00:00:15.000
Nina Ferrand: Nous avons compté trente lieux qui prêtent déjà leur matériel entre eux.

2
00:00:28.000 --> 00:00:39.000
Nina Ferrand: On décide de commencer par les projecteurs et les micros dès le mois de mars.

3
00:00:40.000 --> 00:00:52.000
Ali Ben: Je m’occupe d’envoyer le tableau à tout le réseau avant la fin du mois de janvier.
"""


def stand(minutes, by, audience, words=""):
    """Have everything accepted, validated and published."""
    now = timezone.now()
    for row in minutes.sentences.filter(verdict="proposed"):
        review.judge(minutes, row.pk, Verdict.ACCEPTED, by, now)
    review.reviewed(minutes, by)
    publish.validate(minutes, by, now)
    return publish.publish(minutes, publish.Terms(audience, words, licence="CC-BY-SA-4.0"), by, now)


def text(archive, by, audience):
    """Have the minutes of the café published twice: a sentence goes, one comes, one changes."""
    head = import_archive(Path(archive).read_bytes())
    about = gathering("Stratégie numérique : ce qui compte", [by], days=-7, session=head.code)
    Gathering.objects.filter(pk=about.pk).update(question="Que partage-t-on à la rentrée ?")
    minutes = begin.begin(head, by, timezone.now())
    now = timezone.now()
    transcript.take_transcript(minutes, "zoom.vtt", VTT.encode(), by)
    first = review.New("En bref", "written", "Une heure pour dire ce qui compte lundi.", first=True)
    one = review.write(minutes, first, by, now)
    two = review.write(
        minutes, review.New("En bref", "written", "Rien n’est encore décidé."), by, now
    )
    draft.draft(minutes, "assembly", by)
    review.quote(minutes, review.Quoted(2, "decision"), by, now)
    act = review.quote(minutes, review.Quoted(3, "action"), by, now)
    review.entrust(minutes, act.pk, "Ali Ben", now.date().replace(month=12, day=31), by)
    stand(minutes, by, audience)
    words = review.Said("Une heure pour dire ce qui compte à la rentrée.")
    review.rewrite(minutes, one.pk, words, by, now)
    review.judge(minutes, two.pk, Verdict.REJECTED, by, now)
    review.write(minutes, review.New("En bref", "written", "Deux choses sont décidées."), by, now)
    stand(minutes, by, audience, "Une phrase retirée, la date corrigée.")
    around(about, by)
    return minutes


def around(about, by):
    """People who were there, one of whom says so, and a date to come."""
    pool = seats.open_pool(about, "remote", "À distance", 40, by)
    series_ = Series.objects.create(slug="cafes-du-lundi", title="Les cafés du lundi")
    Gathering.objects.filter(pk=about.pk).update(series=series_)
    gathering("Ce qui se partage au printemps", [by], days=20, series=series_)
    for name, named in (("Ana Lectrice", True), ("Maëlys Le Gall-Kerouredan", True), ("Jo", False)):
        email = f"{name.split()[0].lower()}@example.org"
        given = {"gathering": about, "pool": pool, "name": name, "email": email, "named": named}
        Registration.objects.create(state="attended", **given)


def main():
    """Make them; say who may come in, and where the text is."""
    zoe = person("Zoé Martin")
    ana = person("Ana Lectrice", Tier.ADHERENT)
    made = text(sys.argv[1], zoe, Tier.GUEST)
    who = {"zoe": cookie(zoe), "ana": cookie(ana)}
    told = {"who": who, "slug": made.slug, "desk": f"/minutes/{made.pk}/"}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
