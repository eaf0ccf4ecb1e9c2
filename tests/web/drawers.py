"""A house with a secret in every drawer, and people of every role who go through all of its pages.

A secret is a word that stands in one place alone. Who reads it is said beside it, by role: whoever
else sees it, on any page, feed, file or search result, is shown a leak.
"""

import io
import uuid
import zipfile
from datetime import date, timedelta

import msgspec
import pypdf
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from fabrique.actions import animate, outbox, seats, slots, venues
from fabrique.actions.intake import articles
from fabrique.actions.library import shelf
from fabrique.actions.minutes import consent, links
from fabrique.actions.polls import open_poll
from fabrique.actions.requests.link import token_of
from fabrique.domain.article import Article, Part, Passage
from fabrique.domain.definitions import read_definition
from fabrique.domain.session import Plan
from fabrique.domain.tier import Tier
from fabrique.formats.typst.tables import KINDS
from fabrique.store.here import kinds
from fabrique.store.models import (
    Application,
    Availability,
    Comment,
    CommentReport,
    Commitment,
    Contribution,
    Cue,
    Documentation,
    Edition,
    GroupMember,
    Interest,
    Invitation,
    Membership,
    Minutes,
    MinutesSentence,
    MinutesSource,
    Preparation,
    ReaderRequest,
    Resource,
    Series,
    Structure,
    Task,
    VideoRoom,
    WorkingGroup,
)
from fabrique.web import held
from tests.actions.composed import planned
from tests.actions.shopped import shopped
from tests.importers.wordpress.exports import SITE, export, item, read
from tests.store.made import gathering, joined, person
from tests.web.days import QUESTIONS, call, part, room
from tests.web.days import item as programmed

NOBODY, TEAM = "nobody", {"board", "staff"}
SIGNED = {"former", "member", "adherent", "seated", "other", "facilitator", "group", *TEAM}
ROLES = (NOBODY, *sorted(SIGNED))
GROUP = {"group", *TEAM}
ADHERENTS = {"adherent", "seated"}
NOW = timezone.now().replace(microsecond=0)
DESK = (
    "minutes-asking",
    "minutes",
    "minutes-words",
    "minutes-quick",
    "minutes-sources",
    "minutes-publish",
    "minutes-requests",
    "minutes-announce",
    "minutes-links",
    "minutes-consent",
    "minutes-consent-csv",
)
READ = ("article", "article-editions", "article-file", "article-ask")


class House:
    """Everything a house holds; `secrets` maps a word to the roles that read it somewhere."""

    def __init__(self):
        self.n = uuid.uuid4().hex[:6]  # of what is named once in a house
        self.secrets, self.people = {}, {NOBODY: None}
        self._people()
        self.ids = {}
        self._gatherings()
        self._profile()
        self._prepared()
        self._days()
        self._session()
        self._minutes()
        self._owed()
        self._library()
        self._belonging()
        self._imported()

    def secret(self, word, *who):
        """Give a word that nobody else writes, and say who reads it."""
        made = f"Zq{word}{uuid.uuid4().hex[:6]}"
        self.secrets[made] = {
            one for some in who for one in ({some} if isinstance(some, str) else some)
        }
        return made

    def _people(self):
        for role in SIGNED:
            roles = [role] if role in ("board", "staff", "facilitator") else []
            self.people[role] = person(role.title(), roles=roles)
        for role in ADHERENTS:
            joined(self.people[role], starts_on=date(2020, 1, 1), ends_on=date(2040, 1, 1))
        joined(self.people["former"], starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))

    def _gatherings(self):
        group, other = self.people["group"], self.people["other"]
        near = self.secret("adherents", ADHERENTS, GROUP)
        self.main = gathering(near, [group], audience=Tier.ADHERENT.value, door="registered")
        members = self.secret("membres", SIGNED)
        self.members = gathering(members, audience=Tier.MEMBER.value)
        hidden = self.secret("cachee", GROUP)
        self.hidden = gathering(hidden, [group], state="prepared")
        told = self.secret("public", ROLES)
        self.told = gathering(told, state="announced")
        theirs = gathering("Autre", [other], state="prepared")
        self.about = (self.main, self.members, self.hidden, self.told, theirs)
        where = seats.open_pool(self.main, "remote", "Salle", 3, group)
        entry = seats.Entry(
            id=uuid.uuid4(),
            pool=where.pk,
            name=self.people["seated"].name,
            email=self.people["seated"].email,
            tier=Tier.ADHERENT,
            person=self.people["seated"],
        )
        seats.enter(entry, NOW, self.people["seated"])
        someone = self.secret("inscrite", GROUP)
        kept = seats.enter(
            seats.Entry(
                id=uuid.uuid4(),
                pool=where.pk,
                name=someone,
                email=f"{self.secret('courriel', GROUP).lower()}@example.org",
                tier=Tier.ADHERENT,
            ),
            NOW,
            None,
        )
        self.ids["registration-one"] = [kept.pk]
        Interest.objects.create(
            gathering=self.told, name="Ana", email="a@example.org", answer="yes"
        )
        VideoRoom.objects.create(
            gathering=self.main,
            kind="link",
            state="ready",
            join_url=f"https://meet.example.org/{self.secret('lien', 'seated', GROUP)}",
            host_url=f"https://meet.example.org/{self.secret('hote', 'group')}",
        )
        letter = outbox.Letter(
            relay="email",
            to="x@example.org",
            subject=self.secret("objet", GROUP),
            body=self.secret("corps", GROUP),
            about=f"gathering:{self.main.pk}",
            batch=f"essai-{self.n}",
        )
        outbox.put(letter, f"essai-{self.n}", NOW)

        composed = planned(
            self.main, group, [str(kept.pk)], self.secret("tables", GROUP), again=False
        )
        chosen = shopped(self.main, group, [kept], self.secret("ateliers", GROUP), shown=False)
        self.ids |= {
            name: [composed.pk, chosen.pk]
            for name in [f"composition{part}" for part in ("", "-state", "-call", "-met", "-act")]
        }
        self.ids["composition-lists"] = [chosen.pk]
        self.ids["composition-paper"] = [f"{composed.pk}/{kind}" for kind in KINDS]

    def _profile(self):
        shown = {"name": "guest", "trade": "member", "seeks": "adherent"}
        who = person(
            self.secret("nom", ROLES),
            trade=self.secret("metier", SIGNED),
            seeks=self.secret("cherche", ADHERENTS),
            about=self.secret("intime"),
            shown=shown,
        )
        self.known = who
        Application.objects.create(person=who, words=self.secret("demande", TEAM))
        structure = Structure.objects.create(name=f"Théâtre {self.n}", representative=who)
        Membership.objects.create(
            structure=structure, starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31), paid=True
        )
        circle = WorkingGroup.objects.create(slug=f"son-{self.n}", title="Le son")
        GroupMember.objects.create(group=circle, person=self.people["group"], state="in")
        self.ids |= {"number": [structure.pk, 1], "group": [circle.slug]}

    def _prepared(self):
        group = self.people["group"]
        Preparation.objects.create(
            gathering=self.main, notes={"needs": "x"}, wish=self.secret("souhait")
        )
        Task.objects.create(
            gathering=self.main,
            key="own-1",
            rank=1,
            phase="prepare",
            title=self.secret("etape", GROUP),
        )
        Invitation.objects.create(
            gathering=self.main,
            kind="invited",
            email=f"{self.secret('invitee', GROUP).lower()}@example.org",
            by=group,
        )
        slot = (NOW + timedelta(days=40), NOW + timedelta(days=40, hours=2))
        poll = open_poll(self.hidden, [slot], NOW + timedelta(days=10), group, NOW)
        Availability.objects.create(
            poll=poll,
            name=self.secret("sondee", GROUP),
            key=self.n,
            choices={str(poll.options.get().pk): "yes"},
        )
        slots.add("free", slot, "", 1, self.people["staff"])
        cafes = Series.objects.create(slug=f"cafes-{self.n}", title="Cafés", kind="monthly")
        self.ids["series"] = [cafes.slug]

    def _days(self):
        group = self.people["group"]
        hall = room(self.main, group)
        row = programmed(
            self.main, group, self.secret("brouillon", GROUP), self.main.starts_at, hall
        )
        part(row, group, "Ines", f"{self.secret('oratrice').lower()}@example.org")
        call(self.main, group, QUESTIONS)
        work = Contribution.objects.create(
            call=self.main.call,
            name="Mona",
            email="m@example.org",
            title=self.secret("idee", GROUP),
            state="sent",
        )
        search = venues.begin(self.main, group)
        lead = venues.About(name=self.secret("lieu", GROUP))
        found = venues.save_lead(search, None, lead, {}, group)
        self.ids |= {
            "programme-item": [row.pk],
            "contribution": [work.pk],
            "venue": [found.pk],
            "criterion": [search.criteria.first().pk],
        }

    def _session(self):
        title = self.secret("etape2")
        step = {"kind": "vote", "id": "v", "title": title, "options": ["oui", "non"]}
        plan = Plan("Café", "cafe", "fr", NOW, steps=(read_definition(step, kinds()),))
        self.session = animate.create_session(plan)

    def _minutes(self):
        writes = {"facilitator", *GROUP}
        row = Minutes.objects.create(
            slug=f"texte-{self.n}", gathering=self.main, session=self.session.code, title="Texte"
        )
        words = self.secret("phrase", writes)
        MinutesSentence.objects.create(minutes=row, rank=1, kind="written", text=words)
        said = self.secret("dite", writes)
        Cue.objects.create(minutes=row, number=1, start=0, end=900, text=said)
        gone = self.secret("retiree", writes)
        brought = self.secret("apportee", writes)
        lines = [{"text": brought, "by": "", "at": None}]
        MinutesSource.objects.create(minutes=row, number=1, kind="chat", lines=lines)
        published = self.secret("edition", ADHERENTS, writes)
        for number, words in enumerate((gone, published), 1):
            content = Article(
                title="Texte",
                language="fr",
                starts_at=NOW,
                ends_at=NOW,
                timezone="Europe/Paris",
                validated_by="",
                validated_at=NOW,
                number=number,
                drafters=(),
                fingerprint="0",
                parts=(Part("Introduction", (Passage(f"Nous disons {words}.", "written"),)),),
            )
            edition = Edition.objects.create(
                minutes=row, number=number, content=msgspec.to_builtins(content), at=NOW
            )
        shelf.put_edition(edition, content)
        # Whoever was entrusted with it reads it too, whatever they are to the association.
        agreed = self.secret("engagement", ADHERENTS, writes, "former")
        followed = Commitment.objects.create(
            pk=uuid.uuid4(),
            minutes=row,
            edition=edition,
            rank=1,
            kind="action",
            text=agreed,
            owner=self.people["former"],
        )
        self.ids["commitment"] = [followed.pk]
        asked = {"edition": 2, "email": "q@example.org", "name": "Quiterie", "at": NOW}
        asking = self.secret("demandee", writes)
        ReaderRequest.objects.create(minutes=row, kind="removal", body=asking, **asked)
        self.ids["article-ask-link"] = [token_of(row)]
        self.ids["article-changes"] = [f"{row.slug}/editions/2"]
        self.ids |= {name: [row.pk] for name in DESK}
        self.ids |= {name: [row.slug] for name in READ}
        objector = consent.Objector(self.secret("opposee", writes), participant="ailleurs")
        reason = self.secret("raison", writes)
        consent.objected(self.session.code, objector, reason, NOW)
        unopened = links.make(row, "Une table", 7, self.people["staff"], NOW)
        held = links.make(row, self.secret("table", writes), 7, self.people["staff"], NOW)
        links.open_once(held, NOW)  # by another browser: it shows nothing to anybody else
        self.ids |= {name: [unopened, held] for name in ("send", "send-recording")}

    def _owed(self):
        past = gathering("Passé", [self.people["group"]], days=-40)
        Documentation.objects.create(gathering=past, excuse=self.secret("excuse", GROUP), at=NOW)

    def _library(self):
        own = {"submitter": self.people["other"], "published_on": NOW.date()}
        for audience, who in (("adherent", ADHERENTS), ("member", SIGNED), ("guest", set(ROLES))):
            words = self.secret(f"livre{audience}", who, TEAM, "other")
            self._resource(audience, body=words, state="published", audience=audience, **own)
        for state in ("draft", "submitted", "refused", "withdrawn"):
            words = self.secret(f"tiroir{state}", TEAM, "other")
            self._resource(state, body=words, state=state, audience="guest", **own)

        asked, out = self.secret("demande", TEAM, "other"), self.secret("outil", set(ROLES))
        waits = {"given": {"title": asked, "body": asked}, "at": NOW.isoformat()}
        rule = {"state": "published", "audience": "guest", "kind": "tool", **own}
        tool = self._resource("outil", body=out, proposed=waits, **rule)
        wanted = self.secret("plainte", TEAM)
        mail = {"email": "p@example.org", "name": self.secret("plaignant", TEAM), "at": NOW}
        ReaderRequest.objects.create(resource=tool, kind="removal", body=wanted, **mail)
        self.ids["resource-ask-link"] = [token_of(tool)]
        said = Comment.objects.create(
            resource=tool, person=self.people["former"], body=self.secret("avis", set(ROLES))
        )
        CommentReport.objects.create(
            comment=said, person=self.people["member"], why=self.secret("signale", TEAM, "member")
        )
        Comment.objects.create(
            resource=tool,
            person=self.people["member"],
            body=self.secret("masque", TEAM, "member"),
            hidden_at=NOW,
            reason=self.secret("motif", TEAM, "member"),
        )
        self.ids["comment"] = [said.pk]

    def _imported(self):
        """Articles of another site, taken in; an export of it that somebody is looking at."""
        words, draft = self.secret("ailleurs", ADHERENTS, TEAM), self.secret("export", TEAM)
        link = f"{SITE}/vieux/{self.n}/"
        site = read(export(item(title=words, link=link, guid=f"urn:{self.n}", more="")))
        by = self.people["staff"]
        made = articles.keep(self.n, site, articles.Choice(), lambda _path: False, by, NOW)
        held.incoming().mkdir(parents=True, exist_ok=True)
        source = held.incoming() / self.n
        source.write_bytes(export(item(title=draft, status="draft")))
        self.ids["articles-look"] = [held.hold("site.xml", source).id]
        self.ids["articles-batch"] = [made.pk]

    def _belonging(self):
        """Themes of drawers, and a series that only a gathering in preparation is of."""
        group = self.people["group"]
        series = Series.objects.create(
            slug=f"secrete-{self.n}", title=self.secret("serie", GROUP), kind="project"
        )
        gathering(self.secret("suite", GROUP), [group], state="prepared", series=series)
        place = {"published_on": NOW.date(), "audience": "guest", "state": "published"}
        for name, more in (("livre", place), ("suivant", place)):
            row = self._resource(f"{name}serie", body="Texte", series=series, **more)
        hidden = self.secret("themecache", TEAM, "other")
        draft = Resource.objects.create(
            slug=f"theme-{self.n}", title="Kit", submitter=self.people["other"]
        )
        draft.themes.create(slug=f"cache-{self.n}", title=hidden)
        row.themes.create(slug=f"ouvert-{self.n}", title=self.secret("theme", ROLES))
        shelf.put(row)
        self.ids["resource-edit"].append(draft.slug)
        self.ids["resource"].append(draft.slug)

    def _resource(self, name, **fields):
        row = Resource.objects.create(slug=f"{name}-{self.n}", title="Kit", **fields)
        shelf.put(row)
        for page in ("resource", "resource-ask", "resource-edit", "resource-say"):
            self.ids.setdefault(page, []).append(row.slug)
        return row

    def addresses(self):
        """Give every address of the site, with everything there is in its place."""
        slugs = [one.slug for one in self.about]
        values = {
            "<code>": [self.session.code],
            "<slug:slug>/editions/<int:number>": ["essai/editions/1"],
            "<uuid:pk>/<kind>": ["essai/essai"],
            "<slug>": slugs,
            "<slug:slug>": slugs,
            "<uuid:who>": [self.known.pk],
            "<int:year>/<int:number>": [f"{self.main.starts_at:%Y/%-m}"],
            "<str:which>": ["photo"],
            "<slug:name>": ["animer-une-session"],
            "<path:chart>": ["1"],
            "<suffix>": ["csv", "xlsx", "md", "json"],
            "<kind>": ["badges", "attestations"],
            "<uuid:pk>": [one.pk for one in self.about],
            "<to>": ["group"],
            "<token>": ["essai"],
            "<secret>": ["essai"],
            "<name>": ["essai"],
            "<int:number>": [1],
            "<uuid:name>": [uuid.uuid4()],
        }
        for pattern in patterns(get_resolver().url_patterns):
            yield from filled(pattern, values, self.ids)
        for word in self.secrets:
            yield f"/people/?q={word}"
            yield f"/library/?q={word}"
        yield f"/vieux/{self.n}/"
        yield f"/library/?series=secrete-{self.n}"
        yield "/register/?state=all"
        yield "/minutes/owed/?state=done"


def patterns(found, before=""):
    """Give (name, route) of every pattern."""
    for one in found:
        if hasattr(one, "url_patterns"):
            yield from patterns(one.url_patterns, before + str(one.pattern))
        else:
            yield one.name, before + str(one.pattern)


def filled(pattern, values, ids):
    """Give the addresses of one pattern."""
    name, route = pattern
    if "^" in route:  # what another house answers to: no page of ours
        return
    routes = [route]
    for hole, given in values.items():
        own = given
        if hole in route and hole not in ("<slug>", "<slug:slug>", "<code>"):
            own = ids.get(name, ids["number"] if hole == "<int:number>" else given)
        if hole == "<slug:slug>" and name in ids:
            own = ids[name]
        routes = [one.replace(hole, str(value)) for one in routes for value in own]
        routes = list(dict.fromkeys(routes))
    assert not any("<" in one for one in routes), f"say what stands in {route}"
    yield from (f"/{one}" for one in routes)


def browser(who):
    """Somebody at their screen."""
    made = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    if who is not None:
        made.force_login(who)
    return made


def words(answer):
    """Give all that an answer says, whatever wraps it."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as found:
            content = b"\n".join(found.read(name) for name in found.namelist())
    elif content.startswith(b"%PDF"):
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        content = "\n".join(page.extract_text() for page in pages).encode()
    return content.decode(errors="replace")
