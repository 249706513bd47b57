"""What a person reads when something went wrong: plain words, no traceback, what is shown stays."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import path
from django.utils.html import escape

from kiwoomweb.broker.errors import BrokerDown
from kiwoomweb.ui.failures import broken, forbidden, not_found, toast


def breaks(request: HttpRequest):
    raise RuntimeError("secret words of a traceback")


urlpatterns = [path("breaks/", breaks)]
handler500 = broken
handler404 = not_found
handler403 = forbidden


@pytest.mark.django_db
def test_an_address_that_is_none_says_so_in_plain_words(owner):
    answer = owner.get("/no-such-page/")

    assert answer.status_code == 404
    assert "그런 화면이 없습니다" in answer.content.decode()


@pytest.mark.urls(__name__)
def test_our_own_fault_shows_no_traceback(client):
    client.raise_request_exception = False

    answer = client.get("/breaks/")

    assert answer.status_code == 500
    assert "저장된 기록은 그대로입니다" in answer.content.decode()
    assert "secret words" not in answer.content.decode()


@pytest.mark.django_db
def test_an_old_form_is_refused_in_plain_words(owner, rf):
    answer = forbidden(rf.get("/"), PermissionError())

    assert answer.status_code == 403
    assert "권한이 없습니다" in answer.content.decode()


def test_a_broker_error_is_a_sentence_in_the_corner_and_replaces_nothing():
    answer = toast(RequestFactory().get("/"), BrokerDown("html page"))

    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reswap"]) == (502, "#toasts", "beforeend")
    assert escape(BrokerDown.notice) in answer.content.decode()
