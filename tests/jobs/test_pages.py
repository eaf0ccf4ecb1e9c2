import io
import os
import signal
import subprocess
import sys
import zlib

import msgspec
import pypdf
import pytest
from PIL import Image
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from fabrique.domain.pictures import HEAVIEST
from fabrique.jobs import child
from fabrique.jobs.pages import Page
from fabrique.jobs.pictures import SMALL, WIDEST
from tests.jobs.made import pdf


def page(folder, number):
    return msgspec.json.decode((folder / f"{number}.json").read_bytes(), type=Page)


def size(folder, name):
    return Image.open(io.BytesIO((folder / name).read_bytes())).size


def test_every_page_is_a_picture_with_its_words(drawn):
    said, folder = drawn("pdf", pdf("Médiation culturelle", "Deux (2)", ""))
    assert said == [{"pages": 3}, {"page": 1}, {"page": 2}, {"page": 3}]
    texts = [page(folder, n).text for n in (1, 2, 3)]
    assert texts == ["Médiation culturelle", "Deux (2)", ""]
    assert size(folder, "1.webp") == (1600, 900)


def blot(_text):
    """Many lines of all colours: a page that is heavy to send."""
    rows = (
        f"{n % 7 / 7} {n % 11 / 11} {n % 5 / 5} RG {n % 720} 0 m {n * 7 % 720} 405 l S"
        for n in range(4000)
    )
    return "\n".join(rows).encode()


def test_a_heavy_page_is_light_enough_for_phones(drawn):
    _, folder = drawn("pdf", pdf("x", draw=blot))
    assert page(folder, 1).small
    assert max(size(folder, "1.small.webp")) <= SMALL
    assert (folder / "1.webp").stat().st_size <= HEAVIEST


@pytest.mark.parametrize("shape", [(3000, 10), (10, 3000), (14400, 14400), (595, 842)])
def test_a_page_of_any_shape_fits(drawn, shape):
    said, folder = drawn("pdf", pdf("x", size=shape))
    assert {"page": 1} in said
    assert max(size(folder, "1.webp")) == WIDEST


def test_a_presentation_of_too_many_pages_is_refused_before_any_is_drawn(drawn):
    no, folder = drawn("pdf", pdf(*[""] * 500))
    assert (no.why, no.values) == ("too_long", {"pages": 500, "limit": 200})
    assert list(folder.iterdir()) == []


def test_a_locked_presentation_is_refused(drawn):
    no, _ = drawn("pdf", pdf("Un", password="secret"))
    assert no.why == "encrypted"


def test_a_presentation_without_a_page_is_refused(drawn):
    no, _ = drawn("pdf", pdf())
    assert no.why in ("empty", "broken")


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\0" * 5000])
def test_a_damaged_presentation_is_refused(drawn, content):
    no, folder = drawn("pdf", content)
    assert no.why == "broken"
    assert list(folder.iterdir()) == []


def test_a_page_that_cannot_be_drawn_is_named(drawn):
    reader = pypdf.PdfReader(io.BytesIO(pdf("Un", "Deux", "Trois")))
    writer = pypdf.PdfWriter(clone_from=reader)
    del writer.pages[1]["/MediaBox"]
    writer.pages[1][NameObject("/Type")] = NameObject("/Pages")
    out = io.BytesIO()
    writer.write(out)
    no, _ = drawn("pdf", out.getvalue())
    assert (no.why, no.values) == ("page", {"page": 2})


def with_picture(content, side, data):
    """Put a picture of `side` × `side` points on the last page."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    image = StreamObject()
    image._data = data
    names = {"Type": "XObject", "Subtype": "Image", "ColorSpace": "DeviceRGB"}
    names["Filter"] = "FlateDecode"
    image.update({NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in names.items()})
    numbers = {"Width": side, "Height": side, "BitsPerComponent": 8}
    image.update({NameObject(f"/{key}"): NumberObject(value) for key, value in numbers.items()})
    page = writer.pages[-1]
    shown = DictionaryObject({NameObject("/I"): writer._add_object(image)})
    page["/Resources"][NameObject("/XObject")] = shown
    drawing = DecodedStreamObject()
    drawing.set_data(b"700 0 0 400 0 0 cm /I Do")
    page[NameObject("/Contents")] = writer._add_object(drawing)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_picture_that_would_unpack_to_gigabytes_is_left_blank(drawn):
    side = 22_000  # × 22,000 × 3 bytes
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(bytes(3 * side * 1000)) + packer.flush(zlib.Z_FULL_FLUSH)
    content = with_picture(pdf("Un", "Deux"), side, b"\x78\xda" + piece * 22 + packer.flush())
    assert len(content) < 4 * 1024 * 1024
    said, folder = drawn("pdf", content)
    assert said[-1] == {"page": 2}
    assert (folder / "2.webp").stat().st_size < 10_000


def test_a_page_that_never_ends_is_named(drawn, monkeypatch):
    monkeypatch.setattr(child, "SILENCE", 1.0)

    def endless(text):
        return b"q 1 0 0 1 0 0 cm 0 0 700 400 re W n " * 1_200_000 if text == "lent" else b""

    no, _ = drawn("pdf", pdf("Un", "lent", draw=endless))
    assert (no.why, no.values) == ("page_slow", {"page": 2})


def test_a_child_that_is_killed_names_the_page_it_was_at(drawn, monkeypatch):
    started = []
    start = child.start

    def watched(*what, **where):
        started.append(start(*what, **where))
        return started[0]

    monkeypatch.setattr(child, "start", watched)
    heard = child._hear

    async def killed_at_the_second(*what):
        if what[2] == 2:
            os.kill(started[0].pid, signal.SIGKILL)
            started[0].wait()
        return await heard(*what)

    monkeypatch.setattr(child, "_hear", killed_at_the_second)
    no, folder = drawn("pdf", pdf(*["Un"] * 30))
    assert (no.why, no.values) == ("page_heavy", {"page": 2})
    assert not (folder / "30.webp").exists()


def test_a_second_try_draws_only_what_is_missing(drawn):
    content = pdf("Un", "Deux", "Trois")
    _, folder = drawn("pdf", content)
    (folder / "2.json").unlink()
    before = {n: (folder / f"{n}.webp").stat().st_mtime_ns for n in (1, 2, 3)}
    drawn("pdf", content)
    after = {n: (folder / f"{n}.webp").stat().st_mtime_ns for n in (1, 2, 3)}
    assert [n for n in before if before[n] != after[n]] == [2]


def run(code):
    """Run some Python as the child is run."""
    command = [sys.executable, "-c", f"from fabrique.jobs.limits import *; {code}"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=child.HERE, start_new_session=True, **pipes)


def test_a_child_has_no_more_memory_than_a_page_needs():
    take = "bytearray(1 << 31); print('took', flush=True)"
    with run(take) as free:
        assert free.communicate()[0] == b"took\n"
    with run(f"restrain(); restrain_memory(); {take}") as held:
        assert held.stdout.read() == b""
    assert held.returncode == 1


def test_a_child_ends_with_its_parent():
    with run("restrain(); print('ready', flush=True); import time; time.sleep(60)") as alone:
        assert alone.stdout.readline() == b"ready\n"
        alone.stdin.close()  # as the end of the parent does
        assert alone.wait(10) == -signal.SIGKILL
