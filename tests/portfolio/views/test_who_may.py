"""Who may open the pages of an account: strangers find nothing, visitors sign in first, viewers read."""

import pytest

PAGES = ["", "journal/", "journal/2026-11-20/", "pnl/", "sync/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_finds_no_such_account(stranger, full_account, path):
    assert stranger.get(f"/a/{full_account.code}/{path}").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_nobody_finds_an_account_that_does_not_exist(owner, path):
    assert owner.get(f"/a/zzzzzzzzzz/{path}").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_visitor_is_asked_to_sign_in_and_brought_back(visitor, full_account, path):
    answer = visitor.get(f"/a/{full_account.code}/{path}")

    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/?next=/a/")


@pytest.mark.parametrize("path", PAGES)
def test_a_viewer_reads_every_page(viewer, full_account, path):
    assert viewer.get(f"/a/{full_account.code}/{path}").status_code == 200


def test_a_stranger_cannot_write_a_note(stranger, full_account):
    answer = stranger.post(f"/a/{full_account.code}/journal/2026-11-20/note/", {"text": "안녕", "version": "0"})

    assert answer.status_code == 404


def test_a_viewer_cannot_write_a_note_and_is_shown_no_box(viewer, full_account):
    day = f"/a/{full_account.code}/journal/2026-11-20/"

    assert viewer.post(f"{day}note/", {"text": "안녕", "version": "0"}).status_code == 404
    assert "<textarea" not in viewer.get(day).content.decode()


@pytest.mark.parametrize("path", ["", "journal/", "pnl/"])
def test_the_pages_only_answer_questions(owner, full_account, path):
    assert owner.post(f"/a/{full_account.code}/{path}").status_code == 405
