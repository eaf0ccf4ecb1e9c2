"""Recordings in a player: those that everybody may hear, and one's own by a secret."""

from datetime import timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import msgspec
import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image

from fabrique.actions import feeds
from fabrique.actions.minutes import recording as verbs
from fabrique.domain.article import Article, Part, Passage
from fabrique.domain.tier import Tier
from fabrique.relays.podcast import ITUNES
from fabrique.store.models import Edition, Minutes, Recording
from tests.store.made import gathering, person
from tests.web.drawers import browser
from tests.web.sending import serving
from tests.web.test_recordings import ask

NOW = timezone.now().replace(microsecond=0)
SOUND = bytes(range(256)) * 8


@pytest.fixture(scope="module")
def port():
    with serving() as port:
        yield port


def text(audience, *, title="Café <&> « des régies »", sound=True, **fields):
    """A text whose readers hear its recording."""
    about = gathering("Café")
    row = Minutes.objects.create(
        slug=f"pod-{about.slug}", gathering=about, session=about.slug[-12:], title=title
    )
    said = Part("Suite", (Passage("Zqsecret est dit.", "written"),))
    content = Article(
        title, "fr", NOW, NOW, "UTC", "", NOW, 1, (), "0", (said,), "Que partager ?", sound=sound
    )
    Edition.objects.create(
        minutes=row,
        number=1,
        audience=audience.value,
        content=msgspec.to_builtins(content),
        at=NOW,
        **fields,
    )
    until = NOW.date() + timedelta(days=9)
    heard = Recording.objects.create(
        minutes=row, title="a", size=9, told="dit", kept_until=until, state="ready", duration=61_500
    )
    verbs.folder_of(heard.pk).mkdir(parents=True)
    (verbs.folder_of(heard.pk) / verbs.SOUND).write_bytes(SOUND)
    return row


def items(path, who=None):
    answer = browser(who).get(path)
    assert answer.status_code == 200
    root = ET.fromstring(answer.content)  # noqa: S314 - our own
    channel = root.find("channel")
    return {one.find("link").text.split("/")[-2]: one for one in channel.iter("item")}, channel


def test_the_public_feed_has_what_everybody_may_hear_and_no_sentence_of_it():
    row, near = text(Tier.GUEST), text(Tier.MEMBER)
    silent, gone = text(Tier.GUEST, sound=False), text(Tier.GUEST, withdrawn_at=NOW)
    found, channel = items("/library/podcast.xml", person(tier=Tier.ADHERENT))
    assert row.slug in found
    assert not {near.slug, silent.slug, gone.slug} & found.keys()
    item = found[row.slug]
    sound = item.find("enclosure").attrib
    assert sound == {
        "url": f"{settings.PUBLIC_URL}/library/{row.slug}/sound.mp3",
        "length": str(len(SOUND)),
        "type": "audio/mpeg",
    }
    assert item.find("title").text == "Café <&> « des régies »"
    assert (item.find("guid").text, item.find("guid").get("isPermaLink")) == (
        f"urn:uuid:{row.pk}",
        "false",
    )
    assert parsedate_to_datetime(item.find("pubDate").text) == NOW
    assert item.find(f"{{{ITUNES}}}duration").text == "61"
    assert "Zqsecret" not in ET.tostring(channel, encoding="unicode")
    for name in ("title", "link", "description", "language"):
        assert channel.find(name).text, name
    for name in ("image", "category", "explicit", "author"):
        assert channel.find(f"{{{ITUNES}}}{name}") is not None, name
    assert channel.find(f"{{{ITUNES}}}block") is None


def test_the_picture_is_as_large_as_directories_want(tmp_path):
    answer = browser(None).get("/library/podcast.png")
    path = tmp_path / "cover.png"
    path.write_bytes(answer.content)
    with Image.open(path) as picture:
        assert (picture.size, picture.format) == ((1400, 1400), "PNG")
    assert len(answer.content) < 60_000


def test_a_player_hears_by_its_secret_as_long_as_its_person_may(port):
    row, ana = text(Tier.ADHERENT), person(tier=Tier.ADHERENT)
    secret = feeds.renew(ana, NOW)
    found, channel = items(f"/feeds/{secret}/podcast.xml")
    assert channel.find(f"{{{ITUNES}}}block").text == "Yes"
    path = found[row.slug].find("enclosure").get("url").removeprefix(settings.PUBLIC_URL)
    answer, heard = ask(port, None, "GET", path, Range="bytes=100-199")
    assert (answer.status, heard) == (206, SOUND[100:200])
    assert ask(port, None, "GET", f"/library/{row.slug}/sound.mp3")[0].status == 404
    bob = feeds.renew(person(tier=Tier.MEMBER), NOW)
    assert row.slug not in items(f"/feeds/{bob}/podcast.xml")[0]
    assert ask(port, None, "GET", path.replace(secret, bob))[0].status == 404
    feeds.renew(ana, NOW)
    assert ask(port, None, "GET", path)[0].status == 404
    assert browser(None).get(f"/feeds/{secret}/podcast.xml").status_code == 404


def test_a_sound_that_is_being_made_again_is_in_no_feed(port):
    row = text(Tier.GUEST)
    Recording.objects.filter(minutes=row).update(state="waiting")
    assert row.slug not in items("/library/podcast.xml")[0]
    assert ask(port, None, "GET", f"/library/{row.slug}/sound.mp3")[0].status == 404
