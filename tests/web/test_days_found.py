"""What belongs to a gathering is found from its page, by its group and by who reads it."""

import re

from django.utils import timezone

from fabrique.actions.programme import releases
from fabrique.store.models import Pool
from tests.web.days import FIRST, call, days, item, place, room


def links(client, about):
    html = client.get(f"/g/{about.slug}/").content.decode()
    return re.findall(rf'href="/g/{about.slug}/((?:programme|call|registrations)[^"]*)"', html)


def test_the_group_goes_from_its_page_to_registrations_and_programme(client):
    about, host = days()
    Pool.objects.create(gathering=about, title="Salle")
    client.force_login(host)
    assert links(client, about) == ["registrations/", "programme/"]
    assert client.get(f"/g/{about.slug}/registrations/").status_code == 200
    assert f"/g/{about.slug}/programme/edit/" in client.get(f"/g/{about.slug}/programme/").text


def test_readers_find_the_programme_once_released_and_the_call_while_it_is_open(client):
    about, host = days()
    assert links(client, about) == []
    place(item(about, host), host, FIRST, room(about, host))
    releases.release(about, "", host, timezone.now())
    assert links(client, about) == ["programme/"]
    call(about, host)
    assert links(client, about) == ["programme/", "call/"]
    call(about, host, opens=-3, closes=-1)
    assert links(client, about) == ["programme/"]
