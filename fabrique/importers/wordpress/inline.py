"""Words of one line of HTML as Markdown (CommonMark): what is drawn of it says the same words."""

from __future__ import annotations

import re
from unicodedata import category

from msgspec import Struct

BLANK = " \t\r\n\f\xa0"
_BLANKS = re.compile(r"[ \t\r\n\f]+|[ \xa0\t\r\n\f]{2,}")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff]")
_SIGNS = re.compile(r"[\\`*\[\]<>~]|_(?![^\W_])|(?<![^\W_])_|&(?=[#a-zA-Z])")
_START = re.compile(r"(?:#{1,6}|[-+])(?=[ \t]|$)|[-=+](?=[-= ]*$)|[-=]+$")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_ADDRESS = re.compile(r"https?://[^\s<>\"«»\\]+[^\s<>\"«»\\.,;:!?)'’\]]")
STRONG, SOFT, CODE, LINK, BREAK = "**", "*", "`", "[", "\n"


class Span(Struct):
    """Words under one mark, or a link; `code` and words are plain text."""

    mark: str
    parts: list[Span | str]
    address: str = ""


def written(span: Span) -> str:
    """Write it all; what parts two lines is a sign and a line break."""
    words = "".join(_settled(_segments(span)))
    lines = (_BLANKS.sub(" ", line).strip(BLANK) for line in words.split(BREAK))
    return "\\\n".join(_line(one) for one in lines if one)


def clean(text: str) -> str:
    """Give words without what cannot be seen, and one space where there were several."""
    return _BLANKS.sub(" ", _UNSEEN.sub("", text))


class _Segment(Struct):
    mark: str  # of emphasis, or ""
    text: str


def _segments(span: Span) -> list[_Segment]:
    found: list[_Segment] = []
    for part in span.parts:
        if isinstance(part, str):
            found.append(_Segment("", part if part == BREAK else _escaped(clean(part))))
        elif part.mark == CODE:
            found.append(_Segment("", _code(part)))
        elif part.mark == LINK:
            found += _link(part)
        elif span.mark in (STRONG, SOFT):  # one mark in another is more than anybody reads
            found += _segments(part)
        else:
            found += _marked(part)
    return found


def _marked(span: Span) -> list[_Segment]:
    """Put blanks outside of the marks, where Markdown wants them."""
    text = "".join(one.text for one in _segments(span))
    inside = text.strip(BLANK)
    if not inside:
        return [_Segment("", text)]
    before, after = text[: text.index(inside)], text[text.index(inside) + len(inside) :]
    return [_Segment("", before), _Segment(span.mark, inside), _Segment("", after)]


def _link(span: Span) -> list[_Segment]:
    inner = Span(STRONG, span.parts)  # no mark within
    text = "".join(one.text for one in _segments(inner)).replace(BREAK, " ")
    inside = text.strip(BLANK)
    if not inside or inside.startswith("<"):  # an address, which leads there already
        return [_Segment("", text)]
    before, after = text[: text.index(inside)], text[text.index(inside) + len(inside) :]
    address = span.address.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
    fit = f"<{address}>" if re.search(r"[()&*_\[\]]", address) else address
    return [_Segment("", before), _Segment("", f"[{inside}]({fit})"), _Segment("", after)]


def _code(span: Span) -> str:
    text = clean("".join(one for one in span.parts if isinstance(one, str))).strip(BLANK)
    if not text:
        return " "
    fence = "`" * (1 + max((len(one) for one in re.findall("`+", text)), default=0))
    edge = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{edge}{text}{edge}{fence}"


def _escaped(text: str) -> str:
    """Have every sign stand for itself; an address becomes a link."""
    found, at = [], 0
    for match in _ADDRESS.finditer(text):
        found += [_SIGNS.sub(r"\\\g<0>", text[at : match.start()]), f"<{match[0]}>"]
        at = match.end()
    return "".join([*found, _SIGNS.sub(r"\\\g<0>", text[at:])])


def _settled(segments: list[_Segment]) -> list[str]:
    """Write marks where they are understood; elsewhere the words alone."""
    kept = [one for one in segments if one.text]
    found: list[str] = []
    marked = False  # whether the one before ends with a mark
    for n, one in enumerate(kept):
        before = "" if not n else kept[n - 1].text[-1]
        after = "" if n + 1 == len(kept) else kept[n + 1].text[0]
        fits = one.mark and not marked and _fits(one.text, before, after)
        text = f"{one.mark}{one.text}{one.mark}" if fits else one.text
        found.append(f" {text}" if before == CODE == text[0] else text)
        marked = bool(fits)
    return found


def _fits(text: str, before: str, after: str) -> bool:
    """Say whether marks around `text` are read as such: CommonMark looks at both sides of each."""
    opens = not _is_sign(text[0]) or _is_edge(before)
    return opens and (not _is_sign(text[-1]) or _is_edge(after))


def _is_sign(char: str) -> bool:
    return category(char)[0] in "PS"


def _is_edge(char: str) -> bool:
    return not char or char in BLANK or category(char)[0] in "PZ"


def _line(text: str) -> str:
    """Keep the start of a line from being taken for a title, a list or a rule."""
    if _START.match(text):
        return f"\\{text}"
    return _NUMBER.sub(r"\1\\\2", text, count=1) if _NUMBER.match(text) else text
