"""HTML of any age becomes Markdown that says the same words, and nothing of it can run."""

import re
from html import escape

import nh3
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from fabrique.importers.wordpress.body import body_of, line_of
from fabrique.importers.wordpress.inline import clean
from tests.importers.wordpress.exports import SITE

MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")


def marked(content, files=None):
    return body_of(content, SITE, files or {}).text


def words(html):
    """Give what is read of HTML."""
    text = nh3.clean(html.replace("<br />", " "), tags=set())
    return " ".join(re.sub("[\xa0 \n]+", " ", text).split())


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("Un\n\nDeux\ntrois", "Un\n\nDeux\\\ntrois"),
        ("<!-- wp:paragraph -->\n<p>Un\ndeux</p>\n<!-- /wp:paragraph -->", "Un deux"),
        ('<!-- wp:heading {"level":3} --><h3>Titre</h3><!-- /wp:heading -->', "### Titre"),
        ("<h1>A</h1><h6>B<br>C</h6>", "## A\n\n#### B C"),
        ("<p>Avant.</p><!--more Lire la suite--><p>Après.</p>", "Avant.\n\nAprès."),
        ("un<!--nextpage-->deux", "un\n\ndeux"),
        ("<strong>gras </strong>et <em> penché</em>!", "**gras** et *penché*!"),
        ("<b></b><i> </i>rien", "rien"),
        ("<b>gras <i>et penché</i></b>", "**gras et penché**"),
        ("l’<b>été</b>", "l’**été**"),
        ("a<b>«b»</b>c", "a«b»c"),  # marks that would be read as asterisks
        ("<b>a</b><b>b</b>", "**a**b"),
        ("<ul><li>un</li><li>deux<ol><li>a<li>b</ol></ul>", "- un\n- deux\n  1. a\n  2. b"),
        ("<blockquote><p>Cité</p><p>Deux</p></blockquote>", "> Cité\n>\n> Deux"),
        ("<pre>a\n  b &lt;</pre>", "```\na\n  b <\n```"),
        ("<code>x`y</code>", "``x`y``"),
        ("<hr>", "---"),
        ("<table><tr><th>A<th>B<tr><td>1<td>2</table>", "- A · B\n- 1 · 2"),
        ('<a href="/x">lien</a>', f"[lien]({SITE}/x)"),
        ('<a href="/x(1)"><b>lien</b></a>', f"[lien](<{SITE}/x(1)>)"),
        ('<a href="javascript:alert(1)">lien</a>', "lien"),
        ('<a href="">lien</a> <a name="x">là</a>', "lien là"),
        ("https://exemple.org/a_b.", "<https://exemple.org/a_b>."),
        ("<script>alert(1)</script><style>p{}</style>oui", "oui"),
        ("<p onclick=x()>oui<svg><text>non</text></svg></p>", "oui"),
        ('<img class="emoji" alt="🎭" src="https://s.w.org/x.svg"> joué', "🎭 joué"),
        ("[sic] […] [1] [[gallery]]", "\\[sic\\] \\[…\\] \\[1\\] \\[gallery\\]"),
        ("[vc_row w='1'][vc_column]dedans[/vc_column][/vc_row]", "dedans"),
        ("[embed]https://tube.example/v[/embed]", "<https://tube.example/v>"),
        (
            '[caption id="x"]<img src="/a.jpg" alt="Scène"/> Légende[/caption]',
            f"[Scène]({SITE}/a.jpg) Légende",
        ),
        ('[audio mp3="/s.mp3"][/audio]', f"[s.mp3]({SITE}/s.mp3)"),
        (
            '<iframe src="https://tube.example/v"></iframe>',
            "[tube.example](https://tube.example/v)",
        ),
        ("Bonjour&nbsp;! &nbsp; Oui &amp; non &eacute;", "Bonjour\xa0! Oui & non é"),
        ("&nbsp;\n\n&nbsp;", ""),
        ("# 1\n- 2\n3. 4\n===", "\\# 1\\\n\\- 2\\\n3\\. 4\\\n\\==="),
        ("</p></div></ul>seul</li>", "seul"),
        ("<ul><ul><li>x", "- - x"),
    ],
)
def test_what_structures_the_text_stays(content, wanted):
    assert marked(content) == wanted


def test_a_gallery_names_its_files():
    found = body_of('[gallery ids="3,4"]', SITE, {"3": f"{SITE}/up/a%20b.jpg"})
    assert found.media == (f"{SITE}/up/a%20b.jpg",)
    assert body_of("[gallery]", SITE, {}).left == ("gallery",)


def test_what_shows_nothing_here_is_told():
    found = body_of('[contact-form-7 id="1"]<!-- wp:block {"ref":3} /--> oui', SITE, {})
    assert (found.text, found.left) == ("oui", ("contact-form-7", "wp:block"))


TEXT = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co", "Zs")
    )
    | st.sampled_from(" *_`[]<>&#-+=~!()\\1.:/\"'«»"),
    min_size=1,
    max_size=60,
)
TAGS = st.sampled_from(
    ["p", "b", "em", "li", "blockquote", "h2", "a href='/x'", "code", "td", "div"]
)


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(st.tuples(TAGS, TEXT), min_size=1, max_size=5))
def test_every_word_is_there_and_stands_for_itself(pieces):
    source = "<!-- wp:x -->"
    source += "".join(f"<{tag}>{escape(text)}</{tag.split()[0]}>" for tag, text in pieces)
    assume("[" not in source or not re.search(r"\[/?[a-zA-Z]", source))  # codes have their own test
    assume("://" not in source)
    drawn = MARKDOWN.render(marked(source))
    said = " ".join(words(escape(clean(text))) for _tag, text in pieces)
    # A dot parts the cells of a row: it may be one more.
    assert "".join(words(drawn).replace("·", " ").split()) == "".join(
        said.replace("·", " ").split()
    )


PARTS = """<p> </p> <ul> <li> </li> </ul> <ol> <table> <tr> <td> </table> <b> </b> <em> </em> <a>
<pre> </pre> <blockquote> </blockquote> <h2> </h2> <br> <hr> <code> </code> <script> </script> <img>
<iframe> x *y* # - 1. > [gallery] [x [/x] &lt;script&gt; <a/href='//x'> </a> <!-- --> <!--more--> <!
<? </ ]]> &#0; &#x110000; <svg/onload=x> <a/href='javascript:alert(1)'> <img/src=x/onerror=alert(1)>
<![if <![CDATA[""".split()
SOUP = st.lists(st.sampled_from([*PARTS, " ", "\n", "\n\n"]), max_size=40).map("".join)


@settings(max_examples=300, deadline=None)
@given(soup=SOUP)
def test_any_soup_is_read_and_nothing_of_it_can_run(soup):
    found = marked(soup)
    tags = re.findall(r"<[a-zA-Z][^>]*>", MARKDOWN.render(found))
    assert not [
        one for one in tags if re.search(r"^<(script|svg|img|iframe)|\son\w+=|script:", one)
    ]
    assert "\x00" not in found


def test_deep_nesting_takes_neither_the_stack_nor_for_ever():
    assert "x" in marked("<blockquote>" * 3000 + "x")
    assert "x" in marked("<b>" * 3000 + "x")
    assert "x" in marked("<ul><li>" * 3000 + "x")


def test_a_title_is_words_alone():
    assert line_of("Caf&eacute; &amp;amp; th&#233; <em>noir</em>") == "Café & thé noir"
    assert line_of("1 < 2") == "1 < 2"
