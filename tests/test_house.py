"""The house keeps its own rules: imports go one way, and a planted breach of each rule is seen."""

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tools import catalogs, tidy

ROOT = Path(__file__).resolve().parent.parent
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACTS = {contract["id"]: contract for contract in LINTER["contracts"]}

# For each contract, new files that break it: a rule must hold for files not written yet.
BREACHES = {
    "one-way": {"domain/planted.py": "import fabrique.questions"},
    "pure": {"domain/planted.py": "from asyncio import sleep"},
    "alone": {
        "activities/planted.py": "from fabrique.activities import other",
        "activities/other.py": "",
    },
    "questions-alone": {
        "questions/planted.py": "from fabrique.questions import other",
        "questions/other.py": "",
    },
    "live-without-web": {
        "live/planted.py": "import fabrique.web",
    },
    "by-the-outbox": {"actions/planted.py": "import smtplib"},
    "journal-only": {"store/planted.py": "from fabrique.store.models.session import Entry"},
}


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def no_code(folder: str, names: list[str]) -> list[str]:
    return [n for n in names if not (n.endswith(".py") or (Path(folder) / n).is_dir())]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "fabrique", tmp_path / "fabrique", ignore=no_code)
    return tmp_path


def test_the_house_keeps_its_contracts():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_planted_breach_is_seen(contract: str, house: Path):
    for name, line in BREACHES[contract].items():
        planted = house / "fabrique" / name
        planted.parent.mkdir(exist_ok=True)
        (planted.parent / "__init__.py").touch()
        planted.write_text(f"{line}\n")
    result = lint(house, "--contract", contract)
    assert result.returncode == 1
    assert f"{CONTRACTS[contract]['name']} BROKEN" in result.stdout
    assert "planted" in result.stdout


def takers(package: Path) -> list[str]:
    """Files that take the journal's tables from where Django finds them all."""
    return [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "fabrique.store.models"
        if {alias.name for alias in node.names} & {"Entry", "Participant", "Session"}
    ]


def test_only_the_journal_takes_its_tables(house: Path):
    assert set(takers(ROOT / "fabrique")) <= {"store/journal.py"}
    (house / "fabrique/store/planted.py").write_text("from fabrique.store.models import Entry\n")
    assert "store/planted.py" in takers(house / "fabrique")


def test_every_layer_below_the_store_is_pure():
    layers = CONTRACTS["one-way"]["layers"]
    below = " ".join(layers[layers.index("(store)") + 1 :]).replace("|", " ").split()
    names = [name.strip("()") for name in below]
    present = {
        f"fabrique.{name}" for name in names if (ROOT / "fabrique" / name / "__init__.py").exists()
    }
    assert present == set(CONTRACTS["pure"]["source_modules"])


def test_every_folder_of_code_is_a_package():
    folders = {path.parent for path in (ROOT / "fabrique").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


@pytest.mark.parametrize(
    "line",
    [
        "https:" + "//mirror.example/simple/django/",
        "pip install --index" + "-url=there",
        'DATA = "/' + 'tmp/somewhere"',
    ],
)
def test_an_address_or_a_machine_path_is_seen(line: str):
    assert [what for what, pattern in tidy.LEAKS if pattern.search(line)]


@pytest.mark.parametrize("line", ["see ./tmp/x", "$HOME/work/x", "https://example.org/guide"])
def test_what_is_neither_is_left_alone(line: str):
    assert not [what for what, pattern in tidy.LEAKS if pattern.search(line)]


def test_locks_say_what_is_asked():
    assert list(tidy.loose_locks()) == []


def test_a_requirement_out_of_its_lock_is_seen():
    assert list(tidy.missing(["django>=6"], {"django": "5.2.1"}, "base"))
    assert list(tidy.missing(["absent"], {}, "base"))


def test_sentences_are_collected_from_code_and_templates(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(catalogs, "ROOT", tmp_path)
    monkeypatch.setattr(catalogs, "PACKAGE", tmp_path)
    (tmp_path / "room.py").write_text('Text("{n} voice", {"n": 2}, plural="{n} voices")')
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/join.html").write_text('{% translate "Join (now)" %}{{ _("Code") }}')
    said = catalogs.messages()
    assert said["{n} voice"] == ("{n} voices", "room.py")
    assert {"Join (now)", "Code"} <= set(said)


def test_a_sentence_without_translation_is_seen(tmp_path: Path):
    catalog = tmp_path / "django.po"
    catalog.write_text('msgid "Hello {name}"\nmsgstr "Bonjour {nom}"\n')
    said = {"Hello {name}": (None, "a.py"), "Bye": (None, "a.py")}
    unknown, absent = catalogs.check(catalog, said)
    assert "{nom}" in unknown
    assert "'Bye'" in absent
