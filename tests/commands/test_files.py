"""What stands in the way of a file is told by the name that was typed, and nothing is left."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from fabrique.commands._files import write_file, write_files
from tests.commands.test_replay import CAFE, fabrique


def kept(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_folder_given_for_a_file_is_called_a_folder(tmp_path):
    made, folder = tmp_path / "made", tmp_path / "folder"
    folder.mkdir()
    assert fabrique("replay", CAFE, "--out", made).returncode == 0
    archive = made / "archive.json"
    data = tmp_path / "data"
    code = fabrique("import", archive, data=data).stdout.strip()
    for command in (
        ("report", archive, "--format", "json", "--out"),
        ("archive", code, "--out"),
    ):
        done = fabrique(*command, folder, data=data)
        said = f"fabrique {command[0]}: {folder} : c’est un dossier, il faut un fichier.\n"
        assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
        assert kept(folder) == []


def test_a_folder_in_the_place_of_one_file_leaves_none_of_the_others(tmp_path):
    (tmp_path / "out" / "report.pdf").mkdir(parents=True)
    done = fabrique("replay", CAFE, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert f"{tmp_path / 'out' / 'report.pdf'} : c’est un dossier" in done.stderr
    assert kept(tmp_path / "out") == ["report.pdf"]


@pytest.mark.parametrize("path", [".", "..", "/"])
def test_a_path_without_a_name_is_a_folder(monkeypatch, tmp_path, path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(IsADirectoryError) as no:
        write_file(Path(path), b"x")
    assert no.value.filename == path
    assert kept(tmp_path) == []


def test_a_full_disk_is_told_by_the_file_that_was_asked_for(monkeypatch, tmp_path):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space") as no:
        write_files(tmp_path, {"a.json": b"x", "b.json": b"y"})
    assert no.value.filename == str(tmp_path / "a.json")
    assert kept(tmp_path) == []


def test_a_name_as_long_as_a_name_may_be_is_written(tmp_path):
    write_file(tmp_path / ("x" * 255), b"x")
    assert kept(tmp_path) == ["x" * 255]
