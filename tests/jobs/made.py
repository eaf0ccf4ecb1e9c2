"""Files that people would send, made small: presentations and pictures, fit and unfit."""

import io
import zipfile

import pypdf
from PIL import Image
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.presentationml"
RELS = "application/vnd.openxmlformats-package.relationships+xml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def pdf(*texts, size=(720, 405), password=None, draw=None):
    """A PDF with one page a text; `draw` gives the operators of a page instead of its text."""
    writer = pypdf.PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    for text in texts:
        page = writer.add_blank_page(*size)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        content = DecodedStreamObject()
        shown = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        words = b"BT /F1 36 Tf 60 200 Td (" + shown.encode("cp1252") + b") Tj ET"
        content.set_data(draw(text) if draw else words)
        page[NameObject("/Contents")] = writer._add_object(content)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(kind="PNG", size=(64, 48), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def noise(kind="JPEG", size=(2400, 1800), **options):
    """A picture that no packing makes light."""
    out = io.BytesIO()
    small = Image.effect_noise((size[0] // 2, size[1] // 2), 90)
    small.resize(size, Image.Resampling.BILINEAR).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def packed(files, stored=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            file.writestr(name, content, how)
    return out.getvalue()


def _rels(*links):
    rows = (
        f'<Relationship Id="rId{n}" Type="{R}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, 1)
    )
    return f'{XML}<Relationships xmlns="{REL}">{"".join(rows)}</Relationships>'


def _shape(text, place="title", number=2):
    lines = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in text.split("\n"))
    box = '<a:xfrm><a:off x="500000" y="500000"/><a:ext cx="8000000" cy="2000000"/></a:xfrm>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{place}"/><p:cNvSpPr/>'
        f'<p:nvPr><p:ph type="{place}"/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{box}<a:prstGeom prst="rect"/></p:spPr>'
        f"<p:txBody><a:bodyPr/>{lines}</p:txBody></p:sp>"
    )


def _sheet(kind, shapes, more=""):
    tree = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    tree += "<p:grpSpPr/>"
    names = f'xmlns:a="{A}" xmlns:r="{R}" xmlns:p="{P}"'
    inside = f"<p:cSld><p:spTree>{tree}{shapes}</p:spTree></p:cSld>"
    return f"{XML}<p:{kind} {names}{more}>{inside}</p:{kind}>"


def pptx(*slides, extra=None):
    """A presentation; a slide is (text, notes) or (text, notes, "hidden")."""
    files = {"_rels/.rels": _rels(("officeDocument", "ppt/presentation.xml"))}
    listed, links, types = [], [], []
    for n, (text, notes, *hidden) in enumerate(slides, 1):
        show = ' show="0"' if hidden else ""
        files[f"ppt/slides/slide{n}.xml"] = _sheet("sld", _shape(text), show)
        if notes:
            shapes = _shape(f"{n}", "sldNum", 3) + _shape(notes, "body")
            files[f"ppt/notesSlides/notesSlide{n}.xml"] = _sheet("notes", shapes)
            link = _rels(("notesSlide", f"../notesSlides/notesSlide{n}.xml"))
            files[f"ppt/slides/_rels/slide{n}.xml.rels"] = link
            types.append((f"/ppt/notesSlides/notesSlide{n}.xml", "notesSlide"))
        listed.append(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>')
        links.append(("slide", f"slides/slide{n}.xml"))
        types.append((f"/ppt/slides/slide{n}.xml", "slide"))
    types.append(("/ppt/presentation.xml", "presentation.main"))
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{TYPES}.{kind}+xml"/>' for name, kind in types
    )
    default = f'<Default Extension="rels" ContentType="{RELS}"/>'
    default += '<Default Extension="xml" ContentType="application/xml"/>'
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    files["[Content_Types].xml"] = f'{XML}<Types xmlns="{space}">{default}{overrides}</Types>'
    files["ppt/_rels/presentation.xml.rels"] = _rels(*links)
    size = '<p:sldSz cx="9144000" cy="5143500"/><p:notesSz cx="6858000" cy="9144000"/>'
    files["ppt/presentation.xml"] = (
        f'{XML}<p:presentation xmlns:a="{A}" xmlns:r="{R}" xmlns:p="{P}">'
        f"<p:sldIdLst>{''.join(listed)}</p:sldIdLst>{size}</p:presentation>"
    )
    return packed(files | (extra or {}))


def odp(*pages, locked=False):
    """A presentation of LibreOffice; a page is (text, notes)."""
    ns = "urn:oasis:names:tc:opendocument:xmlns"
    names = {
        "office": f"{ns}:office:1.0",
        "draw": f"{ns}:drawing:1.0",
        "text": f"{ns}:text:1.0",
        "presentation": f"{ns}:presentation:1.0",
        "svg": f"{ns}:svg-compatible:1.0",
    }
    spaces = " ".join(f'xmlns:{key}="{value}"' for key, value in names.items())
    box = 'svg:x="2cm" svg:y="2cm" svg:width="20cm" svg:height="5cm"'
    frame = f"<draw:frame {box}><draw:text-box><text:p>{{}}</text:p></draw:text-box></draw:frame>"
    drawn = "".join(
        f'<draw:page draw:name="p{n}">{frame.format(text)}'
        f"<presentation:notes>{frame.format(notes)}</presentation:notes></draw:page>"
        for n, (text, notes) in enumerate(pages, 1)
    )
    body = f"<office:body><office:presentation>{drawn}</office:presentation></office:body>"
    content = (
        f'{XML}<office:document-content {spaces} office:version="1.2">{body}'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.presentation"
    lock = "<manifest:encryption-data/>" if locked else ""
    manifest = (
        f'{XML}<manifest:manifest xmlns:manifest="{ns}:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        f"{lock}</manifest:file-entry></manifest:manifest>"
    )
    files = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return packed(files, stored=("mimetype",))
