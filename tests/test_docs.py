"""The docs cannot lie: what they name exists, what exists is named, and their example runs."""

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import polib
import pytest

from fabrique.domain import archive
from fabrique.domain.registry import discover
from fabrique.domain.typography import french
from fabrique.live.limits import BURST, RATE, TABS
from tests.laws import rooms, test_laws
from tests.store.instance import instance
from tools import tidy

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
RECORDS = sorted(path.name for path in (ROOT / "docs/adr").glob("[0-9]*.md"))
ACTIVITIES = discover("fabrique.activities")
QUESTIONS = discover("fabrique.questions")
COMMANDS = [name.rstrip("_") for name in discover("fabrique.commands")]

LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
CODE = re.compile(r"```\w*\n.*?```", re.DOTALL)
FOLDERS = "bin|docs|fabrique|requirements|tests|tools"
NAMED = re.compile(rf"`((?:{FOLDERS})/[^`\s]*|[\w.-]+\.(?:toml|json|md))`( \(new\))?")
PLACEHOLDER = re.compile(r"NAME|<|\*")
WRITTEN = {"results.json", "archive.json"}  # by a session, not by us


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def prose(name: str) -> str:
    return CODE.sub("", page(name))


def rows(name: str) -> list[list[str]]:
    lines = [line for line in page(name).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def in_french() -> str:
    return page("README.md").partition("\n## Pour les organisateur")[2]


@pytest.mark.parametrize("kind", [*ACTIVITIES.values(), *QUESTIONS.values()], ids=lambda k: k.kind)
def test_every_kind_is_in_the_glossary_by_its_own_names(kind):
    found = [row for row in rows("GLOSSARY.md") if row[-1] == f"`{kind.kind}`"]
    assert len(found) == 1
    fr, en, _ = found[0]
    assert fr.casefold() == kind.name.fr.casefold()
    assert en.casefold().startswith(kind.name.en.casefold())


@pytest.mark.parametrize("kind", [*ACTIVITIES, *QUESTIONS])
def test_every_kind_has_its_forms_described(kind):
    described = page("docs/formats.md") + page("docs/archive.md")
    assert re.search(rf"`{kind}[`.]", described)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command):
    typed = command.replace("_", "-")
    assert re.search(rf"^\| `fabrique {typed}[ `]", page("README.md"), re.MULTILINE)


@pytest.mark.parametrize("name", ["bin/demo", "bin/test"])
def test_the_two_commands_of_the_readme_can_be_run(name):
    assert f"| `{name}` |" in page("README.md")
    assert os.access(ROOT / name, os.X_OK)


def test_the_oldest_browsers_are_those_built_for():
    readme, built = page("README.md"), page("package.json")
    for name, version in (("Chrome", "96"), ("Safari", "15.4"), ("Firefox", "100")):
        assert f"**{name} {version}**" in readme
        assert f'"{name} >= {version}"' in built


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "GLOSSARY.md"])
def test_every_path_named_exists_or_is_said_to_be_new(name):
    for path, new in NAMED.findall(prose(name)):
        if not PLACEHOLDER.search(path) and path not in WRITTEN:
            assert (ROOT / path).exists() is not bool(new), path


@pytest.mark.parametrize("record", RECORDS)
def test_every_path_a_decision_names_exists(record):
    for path, _ in NAMED.findall(prose(f"docs/adr/{record}")):
        if not PLACEHOLDER.search(path):
            assert (ROOT / path).exists(), path


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(path):
    text = CODE.sub("", path.read_text(encoding="utf-8"))
    assert [link for link in LINK.findall(text) if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_page_holds_an_address_of_a_registry_or_a_machine_path(path):
    text = path.read_text(encoding="utf-8")
    assert [what for what, pattern in tidy.LEAKS if pattern.search(text)] == []


@pytest.mark.parametrize("record", RECORDS)
def test_every_decision_is_listed_and_says_what_it_must(record):
    text = page(f"docs/adr/{record}")
    title = text.partition("\n")[0].partition(". ")[2]
    assert f"({record}) | {title} |" in page("docs/adr/README.md")
    for part in ("Status", "Context", "Decision", "Refused", "Measured"):
        assert f"**{part}" in text


def test_decisions_are_numbered_without_a_gap():
    assert [int(name[:4]) for name in RECORDS] == list(range(1, len(RECORDS) + 1))


def test_the_layers_drawn_are_those_enforced():
    linter = tomllib.loads(page("pyproject.toml"))["tool"]["importlinter"]
    layers = next(one["layers"] for one in linter["contracts"] if one["id"] == "one-way")
    named = re.findall(r"\((\w+)\)", " ".join(layers))
    built = [name for name in named if list((ROOT / "fabrique").glob(f"{name}*"))]
    table = page("ARCHITECTURE.md").partition("| layer | holds |")[2].partition("\n\n")[0]
    drawn = re.findall(r"^\| (.*?) \|", table, re.MULTILINE)
    assert re.findall(r"fabrique/(\w+)", " ".join(drawn)) == built


def test_the_limits_told_are_those_applied():
    told = page("docs/live-protocol.md").partition("## Limits")[2]
    assert f"{TABS} screens, and {RATE:.0f} acts a second in the long run, {BURST:.0f} at" in told


def test_the_archive_shown_is_an_archive():
    shown = page("docs/archive.md").rpartition("```json\n")[2].removesuffix("```\n").encode()
    assert archive.write(archive.read(shown, ACTIVITIES)) == shown


def test_the_french_part_is_set_as_our_french_is():
    spans = re.split(r"`[^`\n]*`|^[|-]+$", in_french(), flags=re.MULTILINE)
    assert [span for span in spans if french(span) != span] == []


def test_the_buttons_quoted_in_french_exist():
    catalog = polib.pofile(str(ROOT / "fabrique/locale/fr/LC_MESSAGES/django.po"))
    said = {french(entry.msgstr) for entry in catalog if not entry.obsolete}
    quoted = re.findall("«\u00a0(.*?)\u00a0»", in_french())
    assert quoted
    assert [label for label in quoted if label not in said] == []


# The worked example of CONTRIBUTING.md, run as a kind of the house.


def example(language: str) -> str:
    return page("CONTRIBUTING.md").partition(f"```{language}\n")[2].partition("```")[0]


@pytest.fixture
def hands(tmp_path, monkeypatch):
    file = tmp_path / "hands.py"
    file.write_text(example("python"), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("fabrique.activities.hands", file)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    monkeypatch.setitem(rooms.KINDS, "hands", module.KIND)
    return module.KIND


LAWS = [name for name in vars(test_laws) if name.startswith("test_")]


@pytest.mark.parametrize("law", LAWS)
def test_the_example_obeys_every_law(hands, law):
    getattr(test_laws, law)(hands.kind)


@pytest.mark.parametrize("screen", ["phone", "stage", "console"])
def test_the_example_draws_every_screen_in_every_phase(hands, screen, tmp_path, monkeypatch):
    instance()
    from django.template import engines  # noqa: PLC0415 - needs Django to be set up

    from fabrique.web.render import render  # noqa: PLC0415

    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds/hands.html").write_text(example("django"), encoding="utf-8")
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "dirs", [*engine.dirs, tmp_path])
    render.__globals__["_template"].cache_clear()
    room, journal = rooms.played("hands", [("ana", "answer", {"up": True})])
    for verb in ("leave", "close", "reveal"):
        rooms.ask(room, journal, verb, "cy" if verb == "leave" else "", {})
        run = room.session.runs["r1"]
        for part in hands.parts(run, screen, room.session.people, {}):
            drawn = render("hands", part.partial, part.view, "en", part)
            assert drawn.startswith(f'<article id="{part.key}"')
    assert "<b>1</b>" in drawn


def test_the_example_is_laid_out_as_the_house_is(tmp_path):
    file = tmp_path / "hands.py"
    file.write_text(example("python"), encoding="utf-8")
    ruff = Path(sys.executable).with_name("ruff")
    options = ["--config", str(ROOT / "pyproject.toml"), "--ignore", "INP001"]
    for command in (["check", "--quiet", *options], ["format", "--check", "--quiet", *options[:2]]):
        result = subprocess.run([ruff, *command, file], capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout


def test_the_laws_told_are_all_there_are():
    told = page("CONTRIBUTING.md").partition("**What the laws check")[2].partition("### ")[0]
    about_forms = "test_a_definition_survives_json"  # told with the bodies
    assert told.count(";") + 1 == len([law for law in LAWS if law != about_forms])
