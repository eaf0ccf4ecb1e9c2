"""One Python file and one template make a new kind: on the console, and under the laws."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

PYTHON = '''
"""Thumbs: up or down, the last one counts."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from fabrique.domain.activity import Activity
from fabrique.domain.step import Definition
from fabrique.domain.blocks import Fact, Facts
from fabrique.domain.labels import Label
from fabrique.domain.schema import Part
from fabrique.domain.text import Name, Text


class ThumbsDefinition(Definition, frozen=True, kw_only=True, tag="thumbs"):
    """How many thumbs, and in which mood."""

    fingers: Annotated[int, Meta(ge=0, le=10), Label(Text("Fingers too"))] = 0
    mood: Literal["calm", "lively"] = "calm"


class Thumb(Part, frozen=True):
    """Up or not."""

    up: bool


class Count(Struct, frozen=True):
    """How many are up."""

    up: int


class Thumbs(Activity[ThumbsDefinition, dict[str, bool]]):
    """One thumb each."""

    kind = "thumbs"
    name = Name(fr="Pouces", en="Thumbs")
    definition = ThumbsDefinition
    verbs = {"answer": Thumb}

    def start(self, definition: ThumbsDefinition) -> dict[str, bool]:
        return {}

    def fold(self, definition: ThumbsDefinition, state: dict[str, bool], entry: Any) -> Any:
        state[entry.participant] = entry.body.up
        return state

    def answered(self, run: Any) -> set[str]:
        return set(run.state)

    def entries(self, run: Any) -> int:
        return len(run.state)

    def result(self, run: Any, people: Any) -> dict[str, Any]:
        return {"up": people.heads(one for one, up in run.state.items() if up)}

    def shown(self, run: Any, people: Any, names: Any) -> Count:
        return Count(self.result(run, people)["up"])

    def mine(self, run: Any, participant: str) -> dict[str, Any]:
        answers = [{"up": run.state[participant]}] if participant in run.state else []
        return {"answers": answers, "changes": 0}

    def blocks(self, run: Any, people: Any, names: Any) -> list[Any]:
        return [Facts((Fact(Text("{n} person", {"n": 1}), str(self.result(run, people)["up"])),))]


KIND = Thumbs()
'''

TEMPLATE = """
{% partialdef phone %}<article {% root %}><h1>{{ view.title|say }}</h1></article>{% endpartialdef %}
{% partialdef stage %}<article {% root %}><h1>{{ view.title|say }}</h1></article>{% endpartialdef %}
{% partialdef console %}
<article {% root %}><h2>{{ view.title|say }}</h2><b>{{ view.result.up }}</b></article>
{% endpartialdef %}
"""

CONSOLE = """
from fabrique.commands._instance import wake
wake()
from fabrique.live.screens import Figures, parts
from fabrique.web.render import render
from tests.laws import rooms
room, _ = rooms.played("thumbs", [("ana", "answer", {"up": True})])
shown = parts(room.session, rooms.KINDS, "console", {}, Figures())
for part in shown:
    print(render(part.kind, part.partial, part.view, "fr", part))
"""
STUDIO = CONSOLE.replace('"console"', '"prepare"')


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of the project with two files more."""
    copy = tmp_path_factory.mktemp("tree")
    no_cache = shutil.ignore_patterns("__pycache__", "node_modules")
    shutil.copytree(ROOT / "fabrique", copy / "fabrique", ignore=no_cache)
    shutil.copytree(ROOT / "tests" / "laws", copy / "tests" / "laws", ignore=no_cache)
    for name in ("__init__.py", "conftest.py"):
        shutil.copy(ROOT / "tests" / name, copy / "tests")
    shutil.copy(ROOT / "pyproject.toml", copy)
    (copy / "fabrique/activities/thumbs.py").write_text(PYTHON, encoding="utf-8")
    (copy / "fabrique/web/templates/kinds/thumbs.html").write_text(TEMPLATE, encoding="utf-8")
    return copy


def run(tree: Path, *command: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(tree), "FABRIQUE_DATA": str(tree / "data")}
    options = {"cwd": tree, "env": environment, "capture_output": True, "text": True}
    done = subprocess.run([sys.executable, *command], check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_dropped_in_kind_obeys_the_laws(tree):
    done = run(tree, "-m", "pytest", "-v", "-p", "no:cacheprovider", "tests/laws", "-k", "thumbs")
    assert " passed" in done
    assert "[thumbs] PASSED" in done


def test_a_dropped_in_kind_appears_in_the_console(tree):
    shown = run(tree, "-c", CONSOLE)
    assert "Pouces" in shown
    assert "<b>1</b>" in shown


def test_a_dropped_in_kind_has_its_form(tree):
    shown = run(tree, "-c", STUDIO)
    assert "Fingers too" in shown
    for setting, words in (("fingers", "number"), ("mood", "choice"), ("presenter_notes", "long")):
        assert f'data-path="[&quot;{setting}&quot;]" data-as="{words}"' in shown
