"""The questions of a form, as its editor sends them."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from fabrique.domain.asked import BUILT_IN, KEPT
from fabrique.domain.language import language
from fabrique.store.models import Gathering
from fabrique.web.numbers import is_whole, whole


def items_of(post: QueryDict, gathering: Gathering) -> list[dict[str, Any]]:
    """Read the questions in the order given; what has no title, or is taken out, is not there."""
    count = min(whole(post.get("count", "")), 60)
    found = [(_place(post, n), _item(post, n)) for n in range(count)]
    kept = [one for _, one in sorted(found, key=lambda pair: pair[0]) if one]
    names = {one["id"] for one in kept}
    words = language(gathering.language)
    for name, title in BUILT_IN.items():
        if post.get(f"builtin-{name}") and name not in names:
            kept.append({"id": name, "kind": "open", "title": words.say(title)})
    return kept


def _place(post: QueryDict, n: int) -> tuple[int, int]:
    return whole(post.get(f"place-{n}", ""), n + 1), n


def _item(post: QueryDict, n: int) -> dict[str, Any] | None:
    title = post.get(f"title-{n}", "").strip()
    if not title or post.get(f"out-{n}"):
        return None
    kind = post.get(f"kind-{n}", "open")
    item: dict[str, Any] = {"id": post.get(f"id-{n}") or f"q{n + 1}", "kind": kind, "title": title}
    if instruction := post.get(f"instruction-{n}", "").strip():
        item["instruction"] = instruction
    if kind in ("single", "multiple"):
        lines = post.get(f"options-{n}", "").splitlines()
        item["options"] = [line.strip() for line in lines if line.strip()]
    if kind == "rating":
        item["settings"] = {"scale": 5}
    asked, _, choice = post.get(f"if-{n}", "").rpartition(":")
    if asked and is_whole(choice):
        item["show_if"] = {"question": asked, "choice": [int(choice)]}
    item["rule"] = _rule(post, n)
    return item


def _rule(post: QueryDict, n: int) -> dict[str, Any]:
    rule: dict[str, Any] = {"required": post.get(f"required-{n}", "no")}
    if rule["required"] == "after" and post.get(f"after-{n}"):
        rule["after"] = post[f"after-{n}"]
    rule["kept"] = whole(post.get(f"kept-{n}", ""), KEPT)
    return rule
