"""Who may open the pages of an account: strangers find nothing, visitors sign in first, viewers read."""

import pytest

PAGES = [
    "",
    "journal/",
    "journal/2026-11-20/",
    "notes/2026-11-20.review/",
    "search/notes/?q=%EC%86%90%EC%A0%88",
    "pnl/",
    "sync/",
]
#: What only traders may do to a note.
DEEDS = [
    "notes/2026-11-20.review/save/",
    "notes/2026-11-20.review/remove/",
    "notes/2026-11-20.review/back/",
    "notes/2026-11-20.review/restore/1/",
    "journal/2026-11-20/reviewed/",
]


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


@pytest.mark.parametrize("deed", DEEDS)
def test_a_stranger_cannot_touch_a_note(stranger, full_account, deed):
    answer = stranger.post(f"/a/{full_account.code}/{deed}", {"text": "안녕", "version": "0", "done": "1"})

    assert answer.status_code == 404


@pytest.mark.parametrize("deed", DEEDS)
def test_a_viewer_cannot_touch_a_note(viewer, full_account, deed):
    answer = viewer.post(f"/a/{full_account.code}/{deed}", {"text": "안녕", "version": "0", "done": "1"})

    assert answer.status_code == 404


def test_a_viewer_is_shown_no_box(viewer, full_account):
    assert "<textarea" not in viewer.get(f"/a/{full_account.code}/journal/2026-11-20/").content.decode()


@pytest.mark.parametrize("path", ["", "journal/", "pnl/"])
def test_the_pages_only_answer_questions(owner, full_account, path):
    assert owner.post(f"/a/{full_account.code}/{path}").status_code == 405
