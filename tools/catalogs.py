"""Is every sentence said in every language? Message ids are English: only the others are catalogs.

`python -m tools.catalogs` prints what is missing; with --update it adds the missing ids, empty.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "fabrique"
CALLS = {"Text", "_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
IN_TEMPLATE = re.compile(r"\b(?:n?gettext|_)\(")
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%\(\w+\)s")
# message id -> its plural (or None) and where it is said first
Messages = dict[str, tuple[str | None, str]]


def main(arguments: list[str]) -> int:
    """Check the catalogs, or bring their message ids up to date."""
    said = messages()
    catalogs = sorted(PACKAGE.glob("locale/*/LC_MESSAGES/django.po"))
    if not catalogs:
        print("no catalog in fabrique/locale")
        return 1
    findings = []
    for path in catalogs:
        if "--update" in arguments:
            update(path, said)
        findings += [f"{path.relative_to(ROOT)}: {finding}" for finding in check(path, said)]
    print("\n".join(findings), end="\n" if findings else "")
    return 1 if findings else 0


def messages() -> Messages:
    """Everything the package says: literal ids in Python and in templates."""
    found: Messages = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        collect(found, ast.parse(path.read_text(encoding="utf-8")), path)
    for path in sorted(PACKAGE.rglob("templates/**/*.*")):
        for call in template_calls(path):
            collect(found, call, path)
    return found


def template_calls(path: Path) -> Iterator[ast.AST]:
    """The gettext calls Django finds in a template."""
    text = templatize(path.read_text(encoding="utf-8"))
    for match in IN_TEMPLATE.finditer(text):
        end = text.index(")", match.end())
        while (call := parsed(text[match.start() : end + 1])) is None:
            end = text.index(")", end + 1)
        yield call


def parsed(expression: str) -> ast.AST | None:
    """A call, once its closing bracket is reached."""
    try:
        return ast.parse(re.sub(r"\s+", " ", expression), mode="eval")
    except SyntaxError:
        return None


def collect(found: Messages, tree: ast.AST, path: Path) -> None:
    """Add the literal ids of a tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in CALLS and node.args:
            msgid, plural = literal(node.args[0]), plural_of(node)
            if msgid and (msgid not in found or plural):
                found[msgid] = plural, str(path.relative_to(ROOT))


def name_of(function: ast.expr) -> str:
    """Last word of what is called."""
    return getattr(function, "attr", getattr(function, "id", ""))


def literal(node: ast.expr) -> str | None:
    """A string written in place."""
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else None


def plural_of(call: ast.Call) -> str | None:
    """The plural a call gives: ngettext's second argument, Text's third or `plural`."""
    named = [word.value for word in call.keywords if word.arg == "plural"]
    place = 2 if name_of(call.func) == "Text" else 1
    return next(filter(None, map(literal, [*named, *call.args[place : place + 1]])), None)


def check(path: Path, said: Messages) -> Iterator[str]:
    """What this catalog does not say, or says wrongly."""
    catalog = {entry.msgid: entry for entry in polib.pofile(str(path)) if not entry.obsolete}
    for msgid, (_, where) in said.items():
        entry = catalog.get(msgid)
        if entry is None or not entry.translated():
            yield f"not translated: {msgid!r} ({where})"
            continue
        known = set(PLACEHOLDER.findall(f"{msgid}{entry.msgid_plural}"))
        for translation in (entry.msgstr, *entry.msgstr_plural.values()):
            if unknown := set(PLACEHOLDER.findall(translation)) - known:
                yield f"unknown {sorted(unknown)} in {translation!r}"


def update(path: Path, said: Messages) -> None:
    """Add each missing id, empty; retire what is said no more, with its translation."""
    catalog = polib.pofile(str(path), wrapwidth=100)
    known = {entry.msgid: entry for entry in catalog}
    for msgid, (plural, where) in said.items():
        if msgid not in known:
            forms = {"msgid_plural": plural, "msgstr_plural": {0: "", 1: ""}} if plural else {}
            catalog.append(polib.POEntry(msgid=msgid, occurrences=[(where, "")], **forms))
    for msgid, entry in known.items():
        entry.obsolete = msgid not in said
    catalog.save()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
