import typst

from fabrique.charts.glyphs import FONTS, _covered, _odd, drawable, in_picture


def test_common_words_pass_untouched():
    text = "Œuvre « été » – 9 % … ’ Ελλάδα Київ ☺ €"
    assert drawable(text) == text


def test_a_sign_without_glyph_becomes_one_square():
    assert drawable("a 🎭 b 👨‍👩‍👧 c 日") == "a □ b □□□ c □"
    assert drawable("❤\ufe0f") == "❤"


def test_directions_and_controls_are_dropped():
    assert drawable("a\u202eb\u200d\u2066") == "ab"


def test_an_accent_that_the_font_lacks_is_left_out():
    assert drawable("e\u0301") == "é"
    assert drawable("a\u20e3b") == "ab"
    assert in_picture("<text>q\u0301\u0302</text>") == "<text>q</text>"


def test_every_listed_sign_is_in_the_fonts_that_typst_carries():
    fonts = typst.Fonts(include_system_fonts=False)
    assert set(FONTS) <= set(fonts.families())
    for font, points in _covered().items():
        signs = " ".join(map(chr, sorted(points)))
        source = (
            '#set document(title: "t")\n#set text(font: sys.inputs.font, fallback: false)\n'
            "#sys.inputs.signs\n\n#strong(sys.inputs.signs)"
        )
        inputs = {"font": font, "signs": signs}
        compiler = typst.Compiler(source.encode(), font_paths=fonts, sys_inputs=inputs)
        assert compiler.compile(format="pdf", pdf_standards=["ua-1"])


def test_what_passes_unread_is_in_the_first_font():
    passed = {chr(point) for point in range(0x20, 0x2100) if not _odd().match(chr(point))}
    controls = {chr(point) for point in range(0x7F, 0xA0)}
    assert passed - controls <= set(map(chr, _covered()[FONTS[0]]))
