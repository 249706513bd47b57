"""Once a request: looked up once while a page is read; anew for the next request and for whoever writes."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from kiwoomweb.once import forget, once_a_request, remembering

asked: list[object] = []


@once_a_request
def look_up(what: object) -> int:
    asked.append(what)
    return len(asked)


@pytest.fixture(autouse=True)
def nothing_asked():
    asked.clear()


def request(method: str, view) -> None:
    remembering(view)(RequestFactory().generic(method, "/"))


def twice(_request) -> HttpResponse:
    return HttpResponse(f"{look_up('a')}{look_up('a')}{look_up('b')}")


def test_a_page_asks_once_for_each_thing():
    request("GET", twice)

    assert asked == ["a", "b"]


def test_the_next_page_asks_anew():
    request("GET", twice)
    request("GET", twice)

    assert asked == ["a", "b", "a", "b"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_who_writes_sees_what_was_written(method):
    request(method, twice)

    assert asked == ["a", "a", "b"]


def test_outside_requests_nothing_is_remembered():
    look_up("a")
    look_up("a")

    assert asked == ["a", "a"]


def test_what_was_learnt_on_the_way_is_seen():
    def learns(_request) -> HttpResponse:
        look_up("a")
        forget()
        return HttpResponse(look_up("a"))

    request("GET", learns)

    assert asked == ["a", "a"]


def test_a_page_that_breaks_leaves_nothing_behind():
    def breaks(_request) -> HttpResponse:
        look_up("a")
        raise ValueError

    with pytest.raises(ValueError):
        request("GET", breaks)
    look_up("a")

    assert asked == ["a", "a"]
