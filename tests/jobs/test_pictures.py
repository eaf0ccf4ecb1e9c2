import io
import struct
import zlib

import pytest
from PIL import Image

from fabrique.domain.pictures import HEAVIEST
from fabrique.jobs.pictures import SMALL, WIDEST
from tests.jobs.made import noise, picture


def opened(folder, name="picture.webp"):
    return Image.open(io.BytesIO((folder / name).read_bytes()))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(side):
    """A PNG of `side` × `side` points, all the same, in a few kilobytes."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0))
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(4 * side + 1)) for _ in range(side))
    data = chunk(b"IDAT", rows + packer.flush())
    return b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_small_picture_is_kept_as_large_as_it_is(drawn, kind):
    said, folder = drawn("picture", picture(kind))
    assert said == [{"width": 64, "height": 48}]
    assert (opened(folder).format, opened(folder).size) == ("WEBP", (64, 48))
    assert not (folder / "picture.small.webp").exists()


def test_a_photograph_becomes_light_for_the_stage_and_lighter_for_phones(drawn):
    content = noise()
    assert len(content) > 2 * HEAVIEST
    said, folder = drawn("picture", content)
    assert said == [{"width": 2400, "height": 1800}]
    whole, small = opened(folder), opened(folder, "picture.small.webp")
    assert max(whole.size) <= WIDEST
    assert max(small.size) <= SMALL
    for name in ("picture.webp", "picture.small.webp"):
        assert (folder / name).stat().st_size <= HEAVIEST


def test_where_and_when_it_was_taken_is_taken_out_and_it_stands_upright(drawn):
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "chez Zoé"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 24.0)
    _, folder = drawn("picture", picture("JPEG", (60, 40), exif=exif, comment=b"secret"))
    found = opened(folder)
    assert found.size == (40, 60)
    assert not found.getexif()
    assert "exif" not in found.info
    assert b"Zo" not in (folder / "picture.webp").read_bytes()


def test_what_shows_through_still_does(drawn):
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(out, "PNG")
    _, folder = drawn("picture", out.getvalue())
    assert opened(folder).convert("RGBA").getpixel((5, 5))[3] == 0


def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked(drawn):
    content = bomb(9000)
    assert len(content) < 1024 * 1024
    no, folder = drawn("picture", content)
    assert (no.why, no.values) == ("picture_points", {"width": 9000, "height": 9000})
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        picture()[:60],
        picture("JPEG")[:200],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 500,
        b"\xff\xd8\xff" + b"\xff" * 500,
        b"RIFF\xff\xff\xff\x7fWEBPVP8 " + b"a" * 300,
    ],
    ids=["cut PNG", "cut JPEG", "no PNG", "no JPEG", "no WebP"],
)
def test_a_damaged_picture_is_refused_and_nothing_kept(drawn, content):
    no, folder = drawn("picture", content)
    assert no.why == "picture_broken"
    assert list(folder.iterdir()) == []
