"""What is attached is looked at first: pictures are drawn anew, the rest must be what it may be."""

from datetime import date
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image

from portfolio.models import Attachment, Place, Section
from portfolio.selectors.attachments import shelf_of
from portfolio.services import attaching
from portfolio.services.archiving import restore, write
from portfolio.services.attaching import documents, keeping
from portfolio.services.attaching.naming import harmless_name
from tests.portfolio.every_model import wipe
from tests.portfolio.files import HTML, PDF, SVG, picture, told_png, upload, workbook

DAY = date(2026, 11, 20)


@pytest.fixture
def place(account):
    return Place(account, Section.REVIEW, DAY)


@pytest.fixture
def attach(place, trader):
    def go(*files):
        return attaching.attach(place, files, author=trader.user)

    return go


def content_of(row: Attachment) -> bytes:
    with row.content.open("rb") as file:
        return file.read()


@pytest.mark.parametrize(("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")])
def test_a_picture_is_kept_with_a_small_one(attach, place, kind, ending):
    attach(upload(f"차트.{ending}", picture(kind)))

    (row,) = shelf_of(place).shown
    assert (row.name, row.media_type, row.width, row.height) == (
        f"차트.{ending}",
        f"image/{kind.lower()}",
        640,
        400,
    )
    with row.thumbnail.open("rb") as file:
        assert Image.open(file).size == (320, 200)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_png_of_any_colours_is_kept(attach, mode):
    file = BytesIO()
    Image.new(mode, (40, 30)).save(file, "PNG")

    assert attach(upload("a.png", file.getvalue())).refused == ()


def test_nothing_but_the_picture_is_kept(attach):
    place_taken = Image.Exif()
    place_taken[0x010E] = "SECRET home"
    place_taken[0x0112] = 6  # lies on its side
    content = picture("JPEG", (400, 200), exif=place_taken, comment=b"SECRET note", icc_profile=b"SECRET" * 40)
    assert b"SECRET" in content

    (row,) = attach(upload("사진.jpg", content)).kept

    assert b"SECRET" not in content_of(row)
    assert (row.width, row.height) == (200, 400)


def test_a_page_hidden_behind_a_picture_is_gone(attach):
    (row,) = attach(upload("a.png", picture() + HTML)).kept

    assert b"script" not in content_of(row)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("규칙.pdf", PDF, "application/pdf"),
        ("기록.txt", "손절선 7만".encode(), "text/plain"),
        ("옛글.txt", "손절선 7만".encode("cp949"), "text/plain"),
        ("체결.csv", "종목,수량\n삼성전자,10\n=1+1,2".encode(), "text/csv"),
        ("체결.xlsx", workbook(), documents.SHEET),
        ("표", workbook(), documents.SHEET),
    ],
)
def test_a_document_is_kept_as_it_came(attach, name, content, media_type):
    (row,) = attach(upload(name, content)).kept

    assert (row.media_type, content_of(row), row.is_picture) == (media_type, content, False)


@pytest.mark.security("S-54", asvs=["5.2.2"])
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.png", HTML, "이름은 그림이지만"),
        ("a.svg", SVG, "이름은 그림이지만"),
        ("a.html", HTML, "HTML, SVG"),
        ("a.txt", b"\xef\xbb\xbf  " + SVG, "HTML, SVG"),
        ("a.exe", b"MZ\x90\x00\x03", "받지 않는 형식"),
        ("a.gif", b"GIF89a\x01\x00", "이름은 그림이지만"),
        ("a.zip", b"PK\x03\x04nonsense", "받지 않는 형식"),
        ("a.xlsx", workbook(vbaProject=b"x"), "매크로"),
        ("a.pdf", PDF[:20], "끊겨"),
        ("a.png", picture()[:200], "깨져"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "깨져"),
        ("a.png", told_png(60_000, 60_000), "너무 큽니다"),
        ("a.png", told_png(12_000, 12_000), "너무 큽니다"),
        ("a.png", told_png(20_000, 1), "너무 큽니다"),
        ("a.txt", b"", "빈 파일"),
        ("a.txt", b"\x00\x01\x02", "받지 않는 형식"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_words(attach, name, content, words):
    done = attach(upload(name, content))

    assert words in done.refused[0][1]
    assert not Attachment.objects.exists()


def test_a_workbook_that_bursts_is_refused(attach, monkeypatch):
    monkeypatch.setattr(documents, "MOST_UNPACKED", 100_000)

    done = attach(upload("a.xlsx", workbook(sheet=b"\0" * 1_000_000)))

    assert "너무 커지는 파일" in done.refused[0][1]


def test_one_refusal_costs_no_other_file(attach, place):
    done = attach(upload("a.png", picture()), upload("b.html", HTML), upload("c.txt", b"c"))

    assert [row.name for row in shelf_of(place).shown] == ["a.png", "c.txt"]
    assert [name for name, _notice in done.refused] == ["b"]


@pytest.mark.security("S-54", asvs=["5.2.1"])
def test_a_file_above_the_limit_is_refused_by_its_size(attach):
    done = attach(upload("a.txt", b"a" * (attaching.LARGEST + 1)))

    assert "10MB까지" in done.refused[0][1]


@pytest.mark.security("S-54", asvs=["5.2.4"])
def test_a_full_account_and_a_full_note_say_so(attach, monkeypatch):
    attach(upload("a.txt", b"a" * 60))
    monkeypatch.setattr(keeping, "ROOM", 100)
    assert "다 썼습니다" in attach(upload("b.txt", b"b" * 60)).refused[0][1]

    monkeypatch.setattr(keeping, "MOST", 1)
    assert "1개까지" in attach(upload("b.txt", b"b")).refused[0][1]


@pytest.mark.security("S-54", asvs=["5.3.2", "5.4.1"])
@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("../../etc/passwd", "passwd.png"),
        ("C:\\Users\\me\\차트.PNG", "차트.png"),
        ("a\x00b\r\nSet-Cookie: x.png", "abSet-Cookie: x.png"),
        ("\u202egnp.exe", "gnp.png"),
        ('a"b.png', "a'b.png"),
        ("....", "그림.png"),
        ("", "그림.png"),
        ("가" * 300 + ".png", "가" * 100 + ".png"),
        ("\u1109\u1169\u11ab.png", "손.png"),
    ],
)
def test_a_name_is_made_harmless(name, harmless):
    assert harmless_name(name, "png", "그림") == harmless


@pytest.mark.security("S-54", asvs=["5.3.1", "5.3.2"])
def test_the_content_lies_in_the_folder_that_is_backed_up_for_the_server_alone(attach):
    (row,) = attach(upload("a.txt", b"a")).kept

    path = settings.VAR / "attachments" / row.content.name
    assert path.read_bytes() == b"a"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_removed_attachment_is_a_tombstone_that_comes_back(attach, place, trader):
    (row,) = attach(upload("a.txt", b"a")).kept

    attaching.remove(row, author=trader.user)
    assert (shelf_of(place).shown, shelf_of(place).removed) == ((), (row,))
    assert content_of(row) == b"a"

    attaching.bring_back(row)
    assert shelf_of(place).shown == (row,)


def test_the_archive_carries_pictures_and_brings_them_back(attach, tmp_path):
    (row,) = attach(upload("차트.png", picture())).kept
    before = content_of(row)
    write(tmp_path / "all.zip")
    wipe()
    for file in (row.content, row.thumbnail):
        file.storage.delete(file.name)

    restore(tmp_path / "all.zip")

    assert content_of(Attachment.objects.get()) == before
    assert Attachment.objects.get().thumbnail.size > 0
