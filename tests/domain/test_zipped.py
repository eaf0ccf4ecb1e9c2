import io
import zipfile

from fabrique.domain.zipped import again, zipped

FILES = {"b.txt": b"bonjour", "a/é.txt": b"x" * 5000, "vide": b""}


def test_files_come_back_in_their_order():
    with zipfile.ZipFile(io.BytesIO(zipped(FILES))) as archive:
        assert archive.namelist() == list(FILES)
        assert {name: archive.read(name) for name in FILES} == FILES
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_files_of_another_hand_are_written_as_ours():
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        for name, content in FILES.items():
            archive.writestr(zipfile.ZipInfo(name, (2031, 3, 4, 5, 6, 8)), content)
    assert again(other.getvalue()) == zipped(FILES)
