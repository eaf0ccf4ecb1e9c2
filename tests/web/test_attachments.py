"""Files of the library on their way in and out: one known kind, saved and never run, by policy."""

import http.client
import io
import json
import uuid
import zipfile

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from fabrique.actions.library import files, judge, write
from fabrique.domain.submission import Given
from fabrique.domain.tier import Tier
from fabrique.store.models import ResourceFile
from tests.store.made import person
from tests.web.sending import serving

NOW = timezone.now()
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(scope="module")
def port():
    with serving() as port:
        yield port


@pytest.fixture
def ana():
    return person("Ana")


@pytest.fixture
def team():
    return person("Iris", roles=["staff"])


@pytest.fixture
def text(ana):
    return write.begin(Given(title=f"Kit {uuid.uuid4().hex[:6]}", summary="Deux mots."), ana, NOW)


def ask(port, who, method, path, body=None, **headers):
    cookie = ""
    if who is not None:
        client = Client(SERVER_NAME="localhost")
        client.force_login(who)
        cookie = f"session={client.cookies['session'].value}"
    own = {"Origin": f"http://127.0.0.1:{port}", "Cookie": cookie, "Accept-Language": "en"}
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request(method, path, body, {**own, **headers})
        answer = line.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        line.close()


def send(port, who, text, content, name="plan.pdf", **headers):
    path = f"/library/r/{text.slug}/files?name={name}"
    status, _, said = ask(port, who, "POST", path, content, **headers)
    return status, json.loads(said)


def zipped(members, before=b"", after=b"", comment=b""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(name, content, how)
        made.comment = comment
    return before + out.getvalue() + after


def docx(*more, **around):
    return zipped([("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>"), *more], **around)


ODT = zipped([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")])


def picture(kind="PNG"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "plan.exe", "pdf"),
        (docx(), "note.pdf", "docx"),
        (ODT, "note.odt", "odt"),
        ("nom;âge\nZoé;4\n".encode(), "liste.csv", "csv"),
        (b"# Titre\n", "lisez.md", "md"),
        (b"bonjour\n", "lisez.html", "txt"),
    ],
)
def test_a_file_is_what_its_content_says_and_comes_back_as_it_was(
    port, ana, text, content, name, kind
):
    status, _ = send(port, ana, text, content, name)
    assert status == 200
    row = text.files.get()
    assert (row.kind, row.size, row.title) == (kind, len(content), name.rpartition(".")[0])
    status, head, said = ask(port, ana, "GET", f"/library/files/{row.pk}")
    assert (status, said) == (200, content)
    assert head["content-disposition"].startswith("attachment; ")
    assert head["x-content-type-options"] == "nosniff"
    assert head["content-security-policy"] == "sandbox; default-src 'none'"
    assert "html" not in head["content-type"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"MZ\x90\x00" + bytes(200), "not taken"),
        (b"<!doctype html><script>alert(1)</script>", "not taken"),
        (b"\xef\xbb\xbf <svg onload=alert(1)>", "not taken"),
        (zipped([("a.txt", "x")]), "not taken"),
        (b"PK\x03\x04 cut", "damaged"),
        (b"%PDF-1.7\nno end", "damaged"),
        (PDF + bytes(4000), "damaged"),
        (PDF + bytes(1500), "hides another"),
        (PDF + zipped([("a", "b")]), "hides another"),
        (PDF[:9] + docx() + PDF[9:], "hides another"),
        (docx(after=b"<script>"), "hides another"),
        (docx(comment=b"<script>alert(1)</script>"), "hides another"),
        (docx(("word/vbaProject.bin", "x")), "macro"),
        (docx(("word/big.xml", bytes(40_000_000))), "unpack"),
        ("façade".encode("latin-1"), "UTF-8"),
        (b"words" * 2000 + b"\x00more", "hides another"),
        (b"", "not taken"),
    ],
)
def test_what_is_no_single_known_kind_is_refused_and_nothing_is_kept(port, ana, text, content, why):
    status, said = send(port, ana, text, content)
    assert status == 400
    assert why in said["error"]
    assert not text.files.exists()
    assert not list((files.folder() / ".incoming").glob("*"))


def test_a_picture_is_drawn_anew_and_nothing_else_of_it_is_kept(port, ana, text):
    status, _ = send(port, ana, text, picture() + b"<script>alert(1)</script>", "photo.png")
    assert status == 200
    row = text.files.get()
    assert (row.kind, row.title) == ("webp", "photo")
    _, head, said = ask(port, ana, "GET", f"/library/files/{row.pk}?shown=1")
    assert (head["content-type"], head["content-disposition"][:6]) == ("image/webp", "inline")
    assert b"script" not in said
    assert Image.open(io.BytesIO(said)).size == (40, 30)


def test_who_opens_a_file_is_who_reads_the_text(port, ana, team, text):
    send(port, ana, text, PDF)
    pk = text.files.get().pk
    adherent, member = person(tier=Tier.ADHERENT), person()

    def opened():
        people = {"ana": ana, "team": team, "adherent": adherent, "member": member, "": None}
        found = {n: ask(port, one, "GET", f"/library/files/{pk}")[0] for n, one in people.items()}
        return {name for name, status in found.items() if status == 200}

    assert opened() == {"ana", "team"}
    write.submit(text, ana, NOW)
    judge.publish(text, judge.Decided(judge.mark_of(text)), team, NOW)
    assert opened() == {"ana", "team", "adherent"}
    judge.withdraw(text, "Erreur.", team, NOW)
    assert opened() == {"ana", "team"}


def test_what_the_author_adds_to_a_published_text_waits_for_the_team(port, ana, team, text):
    send(port, ana, text, PDF)
    write.submit(text, ana, NOW)
    judge.publish(text, judge.Decided(judge.mark_of(text)), team, NOW)
    assert send(port, ana, text, b"plus\n", "plus.txt")[0] == 200
    added = text.files.get(kind="txt")
    reader = person(tier=Tier.ADHERENT)
    assert ask(port, reader, "GET", f"/library/files/{added.pk}")[0] == 404
    first = text.files.get(kind="pdf")
    files.take_out(text, str(first.pk), ana, NOW, team=False)
    assert ask(port, reader, "GET", f"/library/files/{first.pk}")[0] == 200
    judge.publish(text, judge.Decided(judge.mark_of(text)), team, NOW)
    assert [one.kind for one in text.files.filter(public=True)] == ["txt"]
    assert ask(port, reader, "GET", f"/library/files/{added.pk}")[0] == 200


def test_nobody_else_and_no_other_site_adds_a_file(port, ana, team, text):
    assert send(port, person(), text, PDF)[0] == 403
    assert send(port, None, text, PDF)[0] == 403
    assert send(port, ana, text, PDF, Origin="https://elsewhere.example.org")[0] == 403
    assert send(port, team, text, PDF)[0] == 200


def test_a_file_too_large_is_refused_before_its_end(port, ana, text):
    status, said = send(port, ana, text, PDF + bytes(files.LARGEST))
    assert status == 413
    assert "50 MB" in said["error"]
    assert not text.files.exists()


def test_bytes_are_kept_once_and_go_with_the_last_row(port, ana, text):
    mark = uuid.uuid4().hex.encode()
    for name in ("un.txt", "deux.txt"):
        send(port, ana, text, mark, name)
    paths = {files.path_of(one) for one in text.files.all()}
    assert len(paths) == 1
    later = timezone.now() + timezone.timedelta(days=2)
    text.files.first().delete()
    files.sweep(later)
    assert paths.pop().exists()
    path = files.path_of(text.files.get())
    ResourceFile.objects.filter(resource=text).delete()
    files.sweep(later)
    assert not path.exists()
