"""Where a text was found on its site: paths, as they are looked for when somebody comes back."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

from fabrique.importers.wordpress.item import Item

SCHEMES = ("http", "https")


def path_of(address: str) -> str:
    """Give the path of an address as one compares paths; "" for what has none.

    Only `?p=`, `?page_id=` and their number are kept of a query: a short link of WordPress.
    """
    try:
        parts = urlsplit(address.strip())
        path = unquote(parts.path, errors="strict")
    except ValueError:
        return ""
    path = "/" + path.strip("/").casefold()
    if path != "/":
        return path
    key, _, number = parts.query.partition("=")
    short = key in ("p", "page_id") and number.isascii() and number.isdigit()
    return f"/?p={number}" if short else ""


def paths_of(item: Item, site: str, longest: int) -> tuple[str, ...]:
    """Give every path of a text: its own, those it had before, its short one."""
    home = _host(site)
    links = [one for one in (item.link, item.guid) if _host(one) == home]
    found = [path_of(one) for one in links]
    first = next((one for one in found if one and "?" not in one), "")
    parent = first.rpartition("/")[0]
    found += [path_of(f"{parent}/{slug}") for slug in item.slugs if first and slug]
    if item.number.isascii() and item.number.isdigit():
        found.append(f"/?p={item.number}")
    whole = (one for one in found if one and len(one) <= longest and one.isprintable())
    return tuple(dict.fromkeys(whole))


def _host(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
        return (parts.hostname or "?").removeprefix("www.") if parts.scheme in SCHEMES else "?"
    except ValueError:
        return "?"


def absolute(address: str, site: str) -> str:
    """Give an address that leads there from anywhere, "" for what is no address of the web."""
    if not address.strip():
        return ""
    try:
        whole = urljoin(site, address.strip())
        parts = urlsplit(whole)
        fit = parts.scheme in SCHEMES and bool(parts.hostname)
    except ValueError:
        return ""
    return whole if fit and whole.isprintable() and " " not in whole else ""
