"""The guides: found from the pages of the association, each in the reader's language."""

import re

import pytest
from django.test import Client

from fabrique.web.pages.guide import GUIDES

TITLES = {
    "fr": {
        "gathering": "Organiser une Fabrique",
        "groups": "Composer les groupes",
        "session": "Animer une session",
        "minutes": "Documenter une session",
    },
    "en": {
        "gathering": "Organise a gathering",
        "groups": "Compose the groups",
        "session": "Run a session",
        "minutes": "Document a session",
    },
}


def read(path, language="fr"):
    answer = Client(SERVER_NAME="localhost", headers={"accept-language": language}).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def links(html, start="/guide"):
    return re.findall(rf'href="({start}[^"]*)"', html)


def test_the_foot_of_a_page_of_the_association_leads_to_the_guides():
    assert links(read("/agenda/")) == ["/guide"]


@pytest.mark.parametrize("language", TITLES)
def test_every_guide_is_listed_by_its_title_in_the_readers_language(language):
    found = re.findall(r'<a href="/guide/([\w-]+)">([^<]+)</a>', read("/guide", language))
    assert dict(found) == TITLES[language]
    assert list(TITLES[language]) == list(GUIDES)


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_is_read_and_leads_to_pages_that_are_there(name, language):
    html = read(f"/guide/{name}", language)
    assert re.findall("<h1>(.*?)</h1>", html) == [TITLES[language][name]]
    for path in links(html):
        read(path, language)
    assert ".md" not in html


def test_a_guide_that_is_not_there_is_not_found():
    assert Client(SERVER_NAME="localhost").get("/guide/nothing").status_code == 404
