"""Threads of pages: a request stays on one, two at a time have two, and the next request finds them again."""

import asyncio
import threading

import pytest
from django.http import HttpResponse
from django.urls import path
from django.utils import translation

from kiwoomweb.pages import KEPT, Pages

told: list[threading.Thread] = []
gates: dict[str, threading.Event] = {}


def note(get_response):
    def through(request):
        told.append(threading.current_thread())
        return get_response(request)

    return through


def where(request):
    told.append(threading.current_thread())
    return HttpResponse(translation.get_language())


def english(request):
    translation.activate("en")
    return where(request)


def slow(request):
    gates["inside"].set()
    assert gates["open"].wait(20)
    return where(request)


urlpatterns = [path("where", where), path("english", english), path("slow", slow)]


@pytest.fixture
def pages(settings) -> Pages:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [f"{__name__}.note", "django.middleware.security.SecurityMiddleware"]
    told.clear()
    gates.update(inside=threading.Event(), open=threading.Event())
    return Pages()


async def visit(pages: Pages, address: str, gone: asyncio.Event | None = None) -> str:
    sent: list[dict] = []
    asked = asyncio.Event()

    async def receive() -> dict:
        if asked.is_set():
            await (gone or asyncio.Event()).wait()
            return {"type": "http.disconnect"}
        asked.set()
        return {"type": "http.request", "body": b""}

    async def send(message: dict) -> None:
        sent.append(message)

    headers = [(b"host", b"testserver")]
    scope = {"type": "http", "method": "GET", "path": address, "headers": headers, "query_string": b""}
    await pages(scope, receive, send)
    return b"".join(message.get("body", b"") for message in sent).decode()


async def until_idle(pages: Pages, count: int) -> None:
    async with asyncio.timeout(20):
        while len(pages._idle) < count:  # a thread lays itself back when it has nothing left to do
            await asyncio.sleep(0)


async def test_a_request_stays_on_one_thread_and_the_next_finds_it(pages):
    await visit(pages, "/where")
    await until_idle(pages, 1)
    await visit(pages, "/where")

    assert len(told) == 4
    assert len(set(told)) == 1


async def test_two_requests_at_once_do_not_wait_for_each_other(pages):
    slow = asyncio.create_task(visit(pages, "/slow"))
    await asyncio.to_thread(gates["inside"].wait, 20)
    await visit(pages, "/where")
    gates["open"].set()
    await slow

    assert len(set(told)) == 2


async def test_a_request_that_was_given_up_keeps_its_thread_until_it_is_through(pages):
    gone = asyncio.Event()
    given_up = asyncio.create_task(visit(pages, "/slow", gone))
    await asyncio.to_thread(gates["inside"].wait, 20)
    gone.set()
    await visit(pages, "/where")

    assert len(set(told)) == 2
    gates["open"].set()
    assert await given_up == ""
    await until_idle(pages, 2)


async def test_a_language_chosen_in_one_request_is_not_the_next_one_s(pages):
    assert await visit(pages, "/english") == "en"
    await until_idle(pages, 1)

    assert await visit(pages, "/where") == "ko"


async def test_after_a_crowd_few_threads_stay(pages):
    crowd = [asyncio.create_task(visit(pages, "/where")) for _ in range(KEPT * 3)]
    await asyncio.gather(*crowd)
    await until_idle(pages, KEPT)

    assert len(pages._idle) == KEPT
