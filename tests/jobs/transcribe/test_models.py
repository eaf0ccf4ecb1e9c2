import hashlib
import sys

import pytest

from fabrique.domain.text import Invalid
from fabrique.jobs.transcribe import models
from fabrique.jobs.transcribe.models import BASE, NEEDED, find

CONTENT = {
    "model.bin": b"onetwo",
    "config.json": b"{}",
    "tokenizer.json": b"t",
    "vocabulary.txt": b"v",
}


@pytest.fixture
def halves(tmp_path, monkeypatch):
    """Two packages like those of the base model, of a few bytes."""
    for n, part in enumerate((b"one", b"two"), 1):
        data = tmp_path / "site" / f"half{n}" / "data"
        data.mkdir(parents=True)
        (data.parent / "__init__.py").touch()
        (data / f"model.bin.part{n}").write_bytes(part)
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (tmp_path / "site" / "half1" / "data" / name).write_bytes(CONTENT[name])
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in CONTENT.items()}
    monkeypatch.setattr(models, "HALVES", ("half1", "half2"))
    monkeypatch.setattr(models, "SUMS", sums)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    yield tmp_path / "site"
    for name in ("half1", "half2"):
        sys.modules.pop(name, None)


def refused(name, data):
    with pytest.raises(Invalid) as no:
        find(name, data)
    return str(no.value)


def test_the_base_model_is_joined_once(halves, tmp_path):
    folder = find(BASE, tmp_path)
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == CONTENT
    (halves / "half2" / "data" / "model.bin.part2").unlink()
    assert find(BASE, tmp_path) == folder


@pytest.mark.parametrize("name", [*CONTENT, "model.bin.part2"])
def test_a_changed_byte_is_seen_and_nothing_is_left(name, halves, tmp_path):
    for path in halves.glob(f"*/data/{name}*"):
        path.write_bytes(path.read_bytes() + b"!")
    assert "is not what was published" in refused(BASE, tmp_path)
    assert list((tmp_path / "models").iterdir()) == []


def test_what_is_not_installed_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(models, "HALVES", ("no_such_half",))
    assert "[models-base]" in refused(BASE, tmp_path)


def test_a_model_is_found_by_its_path_and_by_its_name(tmp_path):
    folder = tmp_path / "models" / "large"
    folder.mkdir(parents=True)
    for name in NEEDED:
        (folder / name).touch()
    assert find(str(folder), tmp_path) == folder
    assert find("large", tmp_path) == folder


def test_a_folder_without_a_model_and_a_name_of_none_are_said(tmp_path):
    assert "model.bin is missing" in refused(str(tmp_path), tmp_path)
    assert "no speech model “huge”" in refused("huge", tmp_path)
    assert "one of: base" in refused("huge", tmp_path)
