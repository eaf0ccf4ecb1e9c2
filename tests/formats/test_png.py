import struct

from fabrique.charts import draw
from fabrique.domain.blocks import Chart
from fabrique.domain.language import Language
from fabrique.formats.png import chart_png


def size(picture):
    assert picture.startswith(b"\x89PNG")
    return struct.unpack(">II", picture[16:24])


def test_a_chart_becomes_a_picture_of_twice_its_size(every_block):
    chart = next(b for b in every_block.sections[0].blocks if isinstance(b, Chart))
    assert size(chart_png(draw(chart, Language("fr"))))[0] == 2 * 720


def test_hostile_words_become_a_picture(hostile):
    for section in hostile.sections:
        for block in section.blocks:
            if isinstance(block, Chart):
                assert size(chart_png(draw(block, Language("fr"), 360)))[0] == 2 * 360
