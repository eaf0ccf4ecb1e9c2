from __future__ import annotations

import base64

import pytest

from fabrique.domain.pictures import HEAVIEST, embed, embedded, mark
from fabrique.domain.text import Invalid

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20
SVG = "data:image/svg+xml;base64," + base64.b64encode(b"<svg/>").decode()


def test_a_picture_goes_into_its_address_and_back():
    assert embedded(embed(PNG)) == ("png", PNG)
    assert embedded(embed(b"\xff\xd8\xff\xe0")) == ("jpg", b"\xff\xd8\xff\xe0")


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg/>", b"%PDF-1.7"])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(Invalid):
        embed(content)


def test_a_heavy_picture_is_refused():
    with pytest.raises(Invalid):
        embed(PNG + b"x" * HEAVIEST)


def test_a_picture_has_a_name_that_changes_with_it_unless_it_could_act():
    assert mark(embed(PNG)) == mark(embed(PNG)) != mark(embed(PNG + b"y"))
    assert mark(SVG) is mark("plan.png") is None
