"""Minutes laid out as blocks: what was decided first, then each sentence with its sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import structs

from fabrique.domain.article import REDACTED, Article, Part, Passage, as_read
from fabrique.domain.beside import beside
from fabrique.domain.blocks import Block, Fact, Heading, Items, Notice, Quote, Quotes, Report, Table
from fabrique.domain.blocks import Section as Chapter
from fabrique.domain.edition import BINDING
from fabrique.domain.language import Language
from fabrique.domain.licence import LICENCES
from fabrique.domain.text import Text, Words

KICKER = Text("The minutes")
DECIDED = Text("Decisions and actions")
DECISIONS, ACTIONS = Text("Decisions"), Text("Actions")
NOBODY, NO_DATE = Text("nobody yet"), Text("no date")
LEFT = Text("somebody who has left")
BY_TOOL = Text("Drafted with the help of a tool ({tool}); each sentence was read by a person.")
STANDS = Text("Validated by {name} on {day}, edition {number}, from the archive {fingerprint}")
TAKEN_OUT = Text("Words were taken out here, at somebody’s request.")
IN_SHORT = Text("In short")
AMONG = Text("They were there, and let it be said")
EXTRACTS = Text("Extracts from the recording, as they were said.")


def to_report(
    article: Article, names: dict[str, str], day: Words, present: tuple[str, ...] = ()
) -> Report:
    """Lay it out as blocks, which every format draws; `present` said that they may be named."""
    binding = [one for part in article.parts for one in part.passages if one.kind in BINDING]
    language = Language(article.language)
    parts = [as_read(part, language) for part in article.parts]
    chapters = [
        Chapter(f"part-{n}", "", part.title or IN_SHORT, tuple(_blocks(part, names)))
        for n, part in enumerate(parts, 1)
    ]
    if binding:
        told = _register(binding, names, language)
        chapters.insert(0, Chapter("decided", "", DECIDED, tuple(told)))
    chapters += beside(article.resources, article.sessions)
    if present:
        chapters.append(Chapter("present", "", AMONG, (Items(present),)))
    if article.drafters and chapters:
        chapters[-1:] = [_with_notice(chapters[-1], by_tool(article))]
    return Report(
        title=article.title,
        kind="",
        language=article.language,
        starts_at=article.starts_at,
        ends_at=article.ends_at,
        timezone=article.timezone,
        facilitator="",
        introduction=article.question,
        facts=_facts(article),
        sections=tuple(structs.replace(one, number=n) for n, one in enumerate(chapters, 1)),
        results={},
        fingerprint=article.fingerprint,
        kicker=KICKER,
        stands=stands(article, names, day),
    )


def _facts(article: Article) -> tuple[Fact, ...]:
    people = str(article.participants) if article.participants else ""
    told = (
        (Text("Present"), people),
        (Text("Licence"), LICENCES[article.licence].name if article.licence else ""),
    )
    return tuple(Fact(label, value) for label, value in told if value)


def stands(article: Article, names: dict[str, str], day: Words) -> Text:
    """Say who stands by it."""
    said = {
        "name": names.get(article.validated_by, "") or LEFT,
        "day": day,
        "number": article.number,
        "fingerprint": article.fingerprint,
    }
    return Text(STANDS.msgid, said)


def by_tool(article: Article) -> Text:
    """Say which tools proposed sentences of it."""
    return Text(BY_TOOL.msgid, {"tool": ", ".join(article.drafters)})


def _with_notice(chapter: Chapter, words: Text) -> Chapter:
    return structs.replace(chapter, blocks=(*chapter.blocks, Notice(words)))


def owner_of(passage: Passage, names: dict[str, str]) -> str:
    """Name who does what a sentence says; nobody where they were forgotten."""
    return names.get(passage.owner_id, "") if passage.owner_id else passage.owner


def _register(binding: list[Passage], names: dict[str, str], language: Language) -> Iterator[Block]:
    """Say what was decided; then who does what by when."""

    def until(one: Passage) -> Words:
        return language.day(date.fromisoformat(one.due)) if one.due else NO_DATE

    def entrusted(one: Passage) -> bool:
        return one.kind == "action" or bool(owner_of(one, names) or one.due)

    if decided := tuple(one.text for one in binding if not entrusted(one)):
        yield from (Heading(DECISIONS), Items(decided))
    rows = [
        (one.text, owner_of(one, names) or NOBODY, until(one)) for one in binding if entrusted(one)
    ]
    if rows:
        head = (Text("What"), Text("Who"), Text("By when"))
        yield from (Heading(ACTIONS), Table(ACTIONS, head, tuple(rows)))


def _blocks(part: Part, names: dict[str, str]) -> list[Block]:
    """Keep the order of the text; neighbours of a kind stand together."""
    blocks: list[Block] = []
    for passage in part.passages:
        extract = passage.kind == "extract"
        if extract:
            quote = Quote(passage.text, by=", ".join(passage.sources) or None)
            if blocks and isinstance(blocks[-1], Quotes):
                blocks[-1] = Quotes((*blocks[-1].quotes, quote))
            else:
                said = any(one.ref.startswith("t:") for one in passage.cites)
                blocks += [*([Notice(EXTRACTS)] if said else []), Quotes((quote,))]
            continue
        line = _line(passage, names)
        if blocks and isinstance(blocks[-1], Items):
            blocks[-1] = Items((*blocks[-1].items, line))
        else:
            blocks.append(Items((line,)))
    return blocks


def _line(passage: Passage, names: dict[str, str]) -> Words:
    if passage.kind == REDACTED:
        return TAKEN_OUT
    who = names.get(passage.by, "") or passage.name
    sources = [*passage.sources, *([who] if who else [])]
    return f"{passage.text} [{' · '.join(sources)}]" if sources else passage.text
