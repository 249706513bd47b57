"""Writing, as a browser sees it: pictures dropped and pasted, outlines put in, arrows through the days."""

import base64

import pytest
from playwright.sync_api import expect

from portfolio.models import Attachment, NoteVersion
from portfolio.selectors.notes import note_of
from portfolio.services.noting import save
from tests.portfolio.files import HTML, picture

pytestmark = pytest.mark.browser

#: Hands files to an element as a paste or a drop does.
HAND_OVER = """([selector, kind, name, type, content]) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
    const carried = new DataTransfer()
    carried.items.add(new File([bytes], name, { type }))
    const event = kind === "paste"
        ? new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: carried })
        : new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: carried })
    document.querySelector(selector).dispatchEvent(event)
}"""


def hand_over(desk, kind: str, name: str, content: bytes, media_type: str = "image/png") -> None:
    told = base64.b64encode(content).decode()
    desk.evaluate(HAND_OVER, ["#note-review", kind, name, media_type, told])


@pytest.fixture
def day(desk, full_account):
    return desk.open(f"journal/{full_account.today}/")


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_screenshot_lands_beside_the_note_while_it_is_written(day, full_account, kind):
    day.locator("#note-review").fill("그림과 함께")

    hand_over(day, kind, "차트.png", picture())

    expect(day.locator("#review .attached img")).to_have_count(1)
    expect(day.locator("#review .note-state")).to_contain_text("저장됨")
    day.reload()
    expect(day.locator("#note-review")).to_have_value("그림과 함께")
    expect(day.locator("#review .attached .name")).to_have_text("차트.png")
    shown = day.locator("#review .attached img").evaluate(
        "image => image.decode().then(() => image.naturalWidth)"
    )
    assert shown == 320


def test_what_is_typed_before_the_page_is_ready_is_saved_too(desk, full_account):
    """The field is there before the script that saves it."""
    early = "document.querySelector('#note-review:not([data-early])')"
    desk.add_init_script(
        f"new MutationObserver(() => {{ const field = {early}; if (field) {{ field.dataset.early = 1;"
        " field.value = '먼저 친 글' } }).observe(document, { childList: true, subtree: true })"
    )
    with desk.expect_response(lambda reply: reply.request.method == "POST" and "note" in reply.url):
        desk.open(f"journal/{full_account.today}/")
    assert NoteVersion.objects.filter(text="먼저 친 글").exists()


def test_a_file_that_is_picked_is_attached_and_a_false_one_is_named(day):
    day.locator("#review input[type=file]").set_input_files(
        [
            {"name": "좋음.png", "mimeType": "image/png", "buffer": picture()},
            {"name": "나쁨.png", "mimeType": "image/png", "buffer": HTML},
        ]
    )

    expect(day.locator("#review .attached [role=alert]")).to_contain_text("이름은 그림이지만")
    expect(day.locator("#review .attached .name")).to_have_text("좋음.png")


def test_a_file_that_is_too_large_never_leaves_the_browser(day):
    sent = []
    day.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    day.locator("#review input[type=file]").set_input_files(
        [{"name": "큼.png", "mimeType": "image/png", "buffer": b"\0" * 11 * 1024 * 1024}]
    )

    expect(day.locator("#toasts")).to_contain_text("큼.png: 파일 하나는 10MB")
    assert [url for url in sent if url.endswith("/files/")] == []
    assert not Attachment.objects.exists()


def test_an_outline_goes_where_the_cursor_is_and_is_saved(day, full_account):
    note = day.locator("#note-review")
    note.fill("먼저 쓴 글")
    note.press("End")

    day.locator("#review .outline-picker summary").click()
    day.locator("#review [data-insert]").filter(has_text="하루 복기").click()

    expect(day.locator("#review .note-state")).to_contain_text("저장됨")
    written = note.input_value()
    assert written.startswith("먼저 쓴 글\n")
    assert str(full_account.today) in written
    assert "[" not in written


def test_a_text_that_is_too_long_says_so_and_is_not_lost(day, full_account):
    saved = note_of(full_account, full_account.today).text
    day.locator("#note-review").fill("가" * 20_001)

    expect(day.locator("#review [data-words]")).to_contain_text("지금 20,001자라")
    day.reload()
    expect(day.locator("#note-review")).to_have_value("가" * 20_001)
    assert note_of(full_account, full_account.today).text == saved


def test_two_tabs_never_overwrite_each_other(day, full_account):
    seen = note_of(full_account, full_account.today).version
    save(full_account, full_account.today, "다른 창의 글", based_on=seen, author=full_account.owner.user)

    day.locator("#note-review").fill("이 창의 글")

    expect(day.locator("#review .note-copy:not(.now) summary")).to_have_count(1)
    expect(day.locator("#review .note-copy.now .note-text")).to_have_text("다른 창의 글")
    expect(day.locator("#review .note-state")).to_contain_text("위에 쓴 글은 사본으로 남겼습니다")
    assert note_of(full_account, full_account.today).text == "다른 창의 글"
    assert [copy.text for copy in note_of(full_account, full_account.today).conflicts] == ["이 창의 글"]


def test_the_arrows_walk_through_the_days_but_not_while_writing(day, full_account):
    here = day.url
    day.locator("#note-review").focus()
    day.keyboard.press("ArrowLeft")
    assert day.url == here

    day.locator("h1").click()
    day.keyboard.press("ArrowLeft")
    day.wait_for_url(lambda url: url != here)
    day.keyboard.press("ArrowRight")
    day.wait_for_url(here)


def test_what_was_written_is_found_from_the_journal(desk, full_account):
    desk.open("journal/")
    desk.locator("#note-search").fill("시초눌림")
    desk.locator("#note-search").press("Enter")

    expect(desk.locator(".hits mark").first).to_have_text("시초 눌림")


def test_the_course_of_the_day_is_drawn(day):
    expect(day.locator("#day-course h2").first).to_have_text("하루의 흐름")
