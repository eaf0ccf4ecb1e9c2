"""Exports of WordPress, written for the tests."""

from datetime import UTC, datetime
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from fabrique.importers.wordpress import read_wordpress

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
SITE = "https://www.exemple.org"
LONGEST = 100_000


def cdata(text):
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def author(login="lea", name="Léa Martin", email="lea@exemple.org"):
    return (
        f"<wp:author><wp:author_id>2</wp:author_id><wp:author_login>{cdata(login)}"
        f"</wp:author_login><wp:author_email>{cdata(email)}</wp:author_email>"
        f"<wp:author_display_name>{cdata(name)}</wp:author_display_name></wp:author>"
    )


def item(number=7, **said):
    """One item as WordPress writes it; `said` replaces what it says."""
    one = {
        "title": f"Article {number}",
        "link": f"{SITE}/2021/03/article-{number}/",
        "guid": f"{SITE}/?p={number}",
        "creator": "lea",
        "content": "<p>Bonjour à toutes et à tous.</p>",
        "excerpt": "",
        "local": "2021-03-04 18:30:00",
        "gmt": "2021-03-04 17:30:00",
        "pub": "Thu, 04 Mar 2021 17:30:00 +0000",
        "slug": f"article-{number}",
        "status": "publish",
        "kind": "post",
        "password": "",
        "more": "",
    } | said
    return (
        f"<item><title>{cdata(one['title'])}</title><link>{escape(one['link'])}</link>"
        f"<pubDate>{one['pub']}</pubDate><dc:creator>{cdata(one['creator'])}</dc:creator>"
        f'<guid isPermaLink="false">{escape(one["guid"])}</guid><description></description>'
        f"<content:encoded>{cdata(one['content'])}</content:encoded>"
        f"<excerpt:encoded>{cdata(one['excerpt'])}</excerpt:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date>{cdata(one['local'])}</wp:post_date>"
        f"<wp:post_date_gmt>{cdata(one['gmt'])}</wp:post_date_gmt>"
        f"<wp:post_name>{cdata(one['slug'])}</wp:post_name>"
        f"<wp:status>{cdata(one['status'])}</wp:status>"
        f"<wp:post_type>{cdata(one['kind'])}</wp:post_type>"
        f"<wp:post_password>{cdata(one['password'])}</wp:post_password>{one['more']}</item>\n"
    )


def file(number, address):
    url = f"<wp:attachment_url>{cdata(address)}</wp:attachment_url>"
    return item(number, kind="attachment", status="inherit", content="", more=url)


def old(slug):
    return (
        "<wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key>"
        f"<wp:meta_value>{cdata(slug)}</wp:meta_value></wp:postmeta>"
    )


def export(*items, version="1.2", authors=None, head='<?xml version="1.0" encoding="UTF-8" ?>'):
    home = "http://wordpress.org/export"
    return (
        f'{head}\n<!-- This is a WordPress eXtended RSS file -->\n<rss version="2.0"\n'
        f'xmlns:excerpt="{home}/{version}/excerpt/"\n'
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"\n'
        'xmlns:wfw="http://wellformedweb.org/CommentAPI/"\n'
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="{home}/{version}/">\n'
        f"<channel><title>Le réseau</title><link>{SITE}</link><description>Blog</description>\n"
        f"<language>fr-FR</language><wp:wxr_version>{version}</wp:wxr_version>\n"
        f"<wp:base_site_url>{SITE}</wp:base_site_url><wp:base_blog_url>{SITE}</wp:base_blog_url>\n"
        f"{author() if authors is None else authors}\n{''.join(items)}</channel></rss>\n"
    ).encode()


def read(content, size=4096):
    """Read an export by pieces of `size` bytes."""
    chunks = (content[at : at + size] for at in range(0, len(content), size))
    return read_wordpress(chunks, PARIS, NOW, LONGEST)


def one(**said):
    """Read one item alone."""
    (piece,) = read(export(item(**said))).pieces
    return piece
