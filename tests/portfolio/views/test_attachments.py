"""Attachments over the web: members look, traders attach, and no file is ever a page of this site."""

import pytest
from django.test import RequestFactory

from kiwoomweb.ui.uploads import RefuseBigUploads
from portfolio.models import Attachment
from portfolio.selectors.notes import note_of
from portfolio.services.noting import save
from tests.portfolio.files import HTML, PDF, picture, upload


@pytest.fixture
def address(connected, today):
    return f"/a/{connected.code}/notes/{today}.review/files/"


def put(person, address, *files, **headers):
    return person.post(address, {"files": list(files)}, headers=headers)


@pytest.fixture
def chart(trader, address):
    put(trader, address, upload("차트.png", picture()))
    return Attachment.objects.get()


def test_a_trader_attaches_a_picture_and_sees_it_beside_the_note(trader, connected, today, chart):
    page = trader.get(f"/a/{connected.code}/journal/{today}/").content.decode()

    assert f"/a/{connected.code}/attachments/{chart.pk}/small/" in page
    assert "차트.png" in page


def test_a_viewer_looks_and_cannot_attach_or_remove(viewer, connected, address, chart):
    base = f"/a/{connected.code}/attachments/{chart.pk}/"

    assert viewer.get(base).status_code == 200
    assert viewer.get(f"{base}small/").status_code == 200
    assert put(viewer, address, upload("b.png", picture())).status_code == 404
    assert viewer.post(f"{base}remove/").status_code == 404
    assert viewer.post(f"{base}back/").status_code == 404


@pytest.mark.parametrize("path", ["", "small/"])
def test_a_stranger_finds_no_file_not_even_through_an_account_of_their_own(
    stranger, strangers_account, connected, chart, path
):
    assert stranger.get(f"/a/{connected.code}/attachments/{chart.pk}/{path}").status_code == 404
    assert stranger.get(f"/a/{strangers_account.code}/attachments/{chart.pk}/{path}").status_code == 404


def test_a_visitor_is_asked_to_sign_in(visitor, connected, chart):
    assert visitor.get(f"/a/{connected.code}/attachments/{chart.pk}/").status_code == 302


@pytest.mark.security("S-66", asvs=["3.2.1"])
def test_a_picture_is_shown_and_can_do_nothing(viewer, connected, chart):
    answer = viewer.get(f"/a/{connected.code}/attachments/{chart.pk}/")

    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("inline; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "private" in answer["Cache-Control"]


@pytest.mark.security("S-66", asvs=["3.2.1"])
def test_a_document_is_saved_and_never_shown(trader, connected, address):
    put(trader, address, upload("규칙\r\n.pdf", PDF))
    row = Attachment.objects.get()

    answer = trader.get(f"/a/{connected.code}/attachments/{row.pk}/")

    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert trader.get(f"/a/{connected.code}/attachments/{row.pk}/small/").status_code == 404


def test_a_refused_file_is_named_beside_the_ones_that_were_kept(trader, address):
    files = (upload("a.png", picture()), upload("b.png", HTML))

    page = put(trader, address, *files, **{"HX-Request": "true"}).content.decode()

    assert "a.png" in page
    assert "이름은 그림이지만" in page
    assert Attachment.objects.count() == 1


def test_without_javascript_a_refusal_is_a_page_and_the_rest_is_kept(trader, address):
    answer = put(trader, address, upload("a.png", picture()), upload("b.png", HTML))

    assert answer.status_code == 422
    assert "이름은 그림이지만" in answer.content.decode()
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_forty_megabytes_are_refused_before_they_are_read_and_the_note_stays(
    trader, connected, today, address, headers
):
    save(connected, today, "쓰던 글", based_on=0, author=trader.user)

    answer = put(trader, address, upload("a.png", b"\0" * 40 * 1024 * 1024), **headers)

    assert answer.status_code == 413
    assert "한 번에 24MB까지" in answer.content.decode()
    assert not Attachment.objects.exists()
    assert note_of(connected, today).text == "쓰던 글"


def test_the_refusal_reads_not_a_byte(address):
    request = RequestFactory().post(address, b"", content_type="multipart/form-data; boundary=x")
    request.META |= {"CONTENT_LENGTH": str(40 * 1024 * 1024), "HTTP_HX_REQUEST": "true"}
    request.META["wsgi.input"].close()

    answer = RefuseBigUploads(lambda _request: None)(request)

    assert answer.status_code == 413
    assert answer["HX-Retarget"] == "#toasts"


def test_a_removed_file_is_not_served_and_comes_back(trader, connected, chart):
    base = f"/a/{connected.code}/attachments/{chart.pk}/"

    page = trader.post(f"{base}remove/", headers={"HX-Request": "true"}).content.decode()
    assert "지운 파일 1개" in page
    assert trader.get(base).status_code == 404

    trader.post(f"{base}back/")
    assert trader.get(base).status_code == 200


@pytest.mark.security("S-54", asvs=["5.4.2"])
def test_a_name_is_text_and_never_markup(trader, connected, today, address):
    put(trader, address, upload('x"><img src=x onerror=alert(1)>.png', picture()))

    page = trader.get(f"/a/{connected.code}/journal/{today}/").content.decode()

    assert "<img src=x" not in page
    assert "onerror" in page
