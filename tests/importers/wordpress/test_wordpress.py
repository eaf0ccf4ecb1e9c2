"""An export of WordPress is read as it stands, or refused in a sentence; nothing grows of it."""

import tracemalloc
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.domain.text import Invalid
from fabrique.importers.wordpress import read_wordpress
from tests.importers.wordpress.exports import (
    LONGEST,
    NOW,
    PARIS,
    SITE,
    author,
    cdata,
    export,
    file,
    item,
    old,
    one,
    read,
)


def whys(site):
    return [(found.title, found.text.msgid.partition(":")[0]) for found in site.problems]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_every_version_is_read(version):
    words = (
        '<category domain="category" nicename="cafes"><![CDATA[Cafés &amp; thés]]></category>'
        "<category><![CDATA[Cafés &amp; thés]]></category>"
        '<category domain="post_tag" nicename="son"><![CDATA[Son]]></category>'
    )
    site = read(export(item(7, more=words, excerpt="En <b>bref</b>"), version=version))
    (piece,) = site.pieces
    assert (site.title, site.version, site.address) == ("Le réseau", version, SITE)
    assert (piece.title, piece.kind, piece.mark) == ("Article 7", "post", f"{SITE}/?p=7")
    assert piece.at == datetime(2021, 3, 4, 17, 30, tzinfo=UTC)
    assert piece.words == ("Cafés & thés", "Son")
    assert piece.paths == ("/2021/03/article-7", "/?p=7")
    assert (piece.body, piece.summary) == ("Bonjour à toutes et à tous.", "En bref")
    assert [(a.login, a.name, a.email) for a in site.authors] == [
        ("lea", "Léa Martin", "lea@exemple.org")
    ]
    assert not site.problems


def test_only_what_the_world_could_read_comes_in():
    states = ["draft", "pending", "future", "private", "trash", "strange"]
    out = [item(n, status=state, title=state) for n, state in enumerate(states, 20)]
    site = read(
        export(
            *out,
            item(30, title="fermé", password="sésame"),
            item(31, title="sans jour", gmt="0000-00-00 00:00:00", local="", pub=""),
            item(32, title="demain", gmt="2027-01-01 00:00:00"),
            item(33, title="vide", content="<p>&nbsp;</p>[gallery]"),
            item(34, title=" <b></b> "),
            item(35, title="long", content="x" * (LONGEST + 1)),
            item(36, title="sans marque", guid="", link="", more="", content="Oui"),
            item(7, title="dedans"),
            item(8, title="encore", guid=f"{SITE}/?p=7"),
            item(9, title="menu", kind="nav_menu_item"),
            file(10, f"{SITE}/photo.jpg"),
            item(11, title="page", kind="page"),
        )
    )
    assert [(p.title, p.kind) for p in site.pieces] == [
        ("sans marque", "post"),  # its number is an address of it
        ("dedans", "post"),
        ("page", "page"),
    ]
    assert (site.files, site.others) == (1, 1)
    assert whys(site) == [
        ("draft", "It was a draft"),
        ("pending", "It waited to be read over"),
        ("future", "It was not out yet"),
        ("private", "It was private"),
        ("trash", "It was in the bin"),
        ("strange", "It was not published"),
        ("fermé", "A password was asked for to read it"),
        ("sans jour", "It says no day"),
        ("demain", "Its day is still to come"),
        ("vide", "There is nothing to read in it"),
        ("", "It has no title"),
        ("long", "It is longer than {limit} characters"),
        ("encore", "It is in the file twice"),
    ]
    assert [found.line for found in site.problems] == sorted(f.line for f in site.problems)


def test_a_problem_names_its_line():
    content = export(item(1), item(2, status="draft"))
    (problem,) = read(content, size=7).problems
    assert b"<item><title><![CDATA[Article 2]]>" in content.split(b"\n")[problem.line - 1]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"gmt": "0000-00-00 00:00:00"}, datetime(2021, 3, 4, 17, 30, tzinfo=UTC)),
        ({"gmt": "", "local": "2021-07-04 18:30:00"}, datetime(2021, 7, 4, 16, 30, tzinfo=UTC)),
        ({"gmt": "", "local": "0000-00-00"}, datetime(2021, 3, 4, 17, 30, tzinfo=UTC)),
        ({"gmt": "2021-13-45 99:00:00"}, datetime(2021, 3, 4, 17, 30, tzinfo=UTC)),
    ],
)
def test_a_day_is_looked_for_wherever_it_may_be(said, wanted):
    assert one(**said).at == wanted


def test_every_address_a_text_had_is_known():
    piece = one(
        number=7,
        link=f"{SITE}/R%C3%A9seaux/Article-7/?utm=1#haut",
        more=old("premier-titre") + old("second") + "<wp:postmeta><wp:meta_key>x</wp:meta_key>"
        "<wp:meta_value>/etc/passwd</wp:meta_value></wp:postmeta>",
    )
    assert piece.paths == (
        "/réseaux/article-7",
        "/?p=7",
        "/réseaux/premier-titre",
        "/réseaux/second",
    )
    elsewhere = one(number=8, link="https://autre.example/ici/", guid="urn:x")
    assert elsewhere.paths == ("/?p=8",)


def test_an_author_without_a_line_of_their_own_is_a_login():
    site = read(export(item(creator="zoe"), authors=author()))
    assert [(a.login, a.name) for a in site.authors] == [("zoe", "")]


def test_pictures_are_named_and_never_fetched():
    content = '<p><img src="/up/a.jpg" alt="La salle"></p>[gallery ids="40,41"][rev_slider x="1"]'
    site = read(export(item(content=content), file(40, f"{SITE}/up/b.png")))
    (piece,) = site.pieces
    assert piece.media == (f"{SITE}/up/a.jpg", f"{SITE}/up/b.png")
    assert f"[La salle]({SITE}/up/a.jpg)" in piece.body


HEAD = b'<?xml version="1.0"?>\n'
BOMB = (
    HEAD
    + b'<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
    + b"]><rss>&a8;</rss>"
)
OUTSIDE = HEAD + b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>'
PARAMETER = HEAD + b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><rss></rss>'
NOT_OURS = [
    b"",
    b"\n",
    b"PK\x03\x04",
    b"%PDF-1.7",
    b"<html><body>Connexion</body></html>",
    b"<rss><channel><title>Un flux</title></channel></rss>",
    b"{}",
    b"\x00" * 5000,
    b"<" * 5000,
    b"<a>" * 5000,
]


@pytest.mark.parametrize("content", [BOMB, OUTSIDE, PARAMETER])
def test_no_entity_is_ever_read(content):
    tracemalloc.start()
    with pytest.raises(Invalid) as no:
        read(content)
    assert "entities" in no.value.text.msgid
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


@pytest.mark.parametrize("content", NOT_OURS)
def test_what_is_no_export_is_said(content):
    with pytest.raises(Invalid) as no:
        read(content)
    assert "not an export of WordPress" in no.value.text.msgid


def test_an_export_that_breaks_off_is_read_up_to_there():
    content = export(*(item(n) for n in range(1, 6)))
    cut = content[: content.index(b"Article 4")]
    site = read(cut)
    assert [p.title for p in site.pieces] == ["Article 1", "Article 2", "Article 3"]
    assert site.broken == cut.count(b"\n") + 1
    with pytest.raises(Invalid) as no:
        read(content[: content.index(b"Article 1")])
    assert "cannot be read beyond its line" in no.value.text.msgid


def test_signs_that_xml_forbids_are_left_out_and_said():
    content = export(item(content="Un saut\x0bcollé\x08 ici."))
    site = read(content)
    assert site.pieces[0].body == "Un sautcollé ici."
    assert whys(site) == [("", "Signs that cannot be shown were left out.")]


@pytest.mark.parametrize("alphabet", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_the_alphabet_is_the_one_that_the_file_says(alphabet):
    said = alphabet.removesuffix("-sig")
    text = export(head=f'<?xml version="1.0" encoding="{said}"?>').decode()
    text = text.replace("</channel>", item(content="Été à la forêt") + "</channel>")
    (piece,) = read(text.encode(alphabet)).pieces
    assert piece.body == "Été à la forêt"


def test_a_hundred_megabytes_are_read_as_they_come():
    """What is not kept (here, revisions) takes no room, however much of it there is."""
    many = item(3, kind="revision", content="x" * 400_000).encode()
    whole = export(item(1))
    begin, _, end = whole.partition(b"<item>")

    def chunks():
        yield begin
        for _ in range(100):
            yield many
        yield b"<item>" + end

    tracemalloc.start()
    site = read_wordpress(chunks(), PARIS, NOW, LONGEST)
    assert tracemalloc.get_traced_memory()[1] < 16 << 20
    tracemalloc.stop()
    assert (len(site.pieces), site.others) == (1, 100)


WHOLE = export(
    item(1, more=old("a")),
    item(2, kind="page", content='<!-- wp:paragraph -->\n<p class="x">Oui</p>[gallery ids="3"]'),
    file(3, f"{SITE}/a.jpg"),
    item(4, status="draft"),
)
PIECES = b"""< > & ]]> <![CDATA[ <item> </item> <wp:status> \x00 \xff &amp; &#x0; &#55296; &x;
<!--more--> [gallery ids= [/x] <ul><li> </blockquote> <!DOCTYPE <a/href="javascript:x"> 0000-00-00
<img/src="//[">""".split()
ODD = st.sampled_from(PIECES)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_an_export_changed_at_random_is_read_or_refused(data):
    content = WHOLE
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        to = data.draw(st.integers(at, min(len(content), at + 60)))
        content = content[:at] + data.draw(ODD) + content[to:]
    with suppress(Invalid):
        read(content, data.draw(st.sampled_from([1, 13, 4096])))


@settings(max_examples=300, deadline=None)
@given(content=st.binary() | st.text().map(str.encode))
def test_any_bytes_are_refused(content):
    with pytest.raises(Invalid):
        read(content)


@settings(max_examples=200, deadline=None)
@given(content=st.text(max_size=300), size=st.integers(1, 50))
def test_the_pieces_in_which_it_comes_change_nothing(content, size):
    with suppress(UnicodeEncodeError):
        whole = export(item(title="T", content="Début " + content))
        assert read(whole, size) == read(whole)


def test_the_marks_of_cdata_are_no_end_of_it():
    assert cdata("]]>") in export(item(content="]]>")).decode()
    assert one(content="a ]]> b").body == "a \\]\\]\\> b"
