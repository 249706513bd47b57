"""Handing one letter to a mail server that answers, refuses, hangs and hangs up at every point."""

import socket

import pytest

from kiwoomweb.notices.wires.smtp import Line, Patience, Server
from kiwoomweb.notices.wires.verdict import Outcome
from kiwoomweb.operation.drills.mail.server import Fault, MailServer

MESSAGE = b"Message-ID: <one@test>\r\nSubject: x\r\n\r\n.a line that begins with a dot\r\n..\r\nend"
SHORT = Patience(command=0.3, conversation=0.6, verdict=0.6)

NEVER_TAKEN = [
    Fault(at, kind) for at in ("greeting", "ehlo", "mail", "rcpt", "data") for kind in ("cut", "451 later")
]


def line_to(server: MailServer, patience: Patience = SHORT) -> Line:
    return Line(Server("127.0.0.1", server.port, name="kiwoomweb.test"), patience)


def hand(server: MailServer, message: bytes = MESSAGE):
    asked = []
    line = line_to(server)
    verdict = line.hand_over("a@kiwoomweb.test", "b@example.com", message, lambda: asked.append(1) is None)
    line.close()
    return verdict, len(asked)


def test_a_letter_that_was_taken_arrives_as_it_was_written() -> None:
    with MailServer() as server:
        verdict, asked = hand(server)
    assert (verdict.outcome, asked) == (Outcome.SENT, 1)
    assert server.messages == [MESSAGE + b"\r\n"]


@pytest.mark.parametrize("fault", NEVER_TAKEN, ids=str)
def test_before_the_dot_everything_that_goes_wrong_can_be_tried_again(fault: Fault) -> None:
    with MailServer(script=lambda: fault) as server:
        verdict, asked = hand(server)
    assert (verdict.outcome, asked, server.taken) == (Outcome.LATER, 0, {})


@pytest.mark.parametrize("at", ["greeting", "ehlo", "rcpt", "data"])
def test_a_server_that_hangs_before_the_dot_is_left_in_time(at: str) -> None:
    with MailServer(script=lambda: Fault(at, "hang")) as server:
        verdict, asked = hand(server)
    assert (verdict.outcome, asked, server.taken) == (Outcome.LATER, 0, {})


@pytest.mark.parametrize("at", ["mail", "rcpt", "data", "dot"])
def test_a_letter_that_is_refused_for_good_is_refused(at: str) -> None:
    with MailServer(script=lambda: Fault(at, "550 5.1.1 no such person")) as server:
        verdict, _ = hand(server)
    assert (verdict.outcome, verdict.answer) == (Outcome.REFUSED, "550 5.1.1 no such person")


def test_a_refusal_of_our_sign_in_is_not_the_letters_fault() -> None:
    with MailServer(script=lambda: Fault("mail", "530 5.7.0 authenticate first")) as server:
        assert hand(server)[0].outcome is Outcome.LATER


@pytest.mark.parametrize("kind", ["cut", "hang", "taken_cut", "taken_hang", "gibberish"])
def test_after_the_dot_nothing_but_an_answer_counts(kind: str) -> None:
    with MailServer(script=lambda: Fault("dot", kind)) as server:
        verdict, asked = hand(server)
    assert (verdict.outcome, asked) == (Outcome.UNSURE, 1)


def test_a_server_that_wants_the_dot_again_later_has_not_taken_it() -> None:
    with MailServer(script=lambda: Fault("dot", "452 full")) as server:
        assert hand(server)[0].outcome is Outcome.LATER


def test_whose_claim_has_ended_does_not_send_the_dot() -> None:
    with MailServer() as server:
        line = line_to(server)
        verdict = line.hand_over("a@kiwoomweb.test", "b@example.com", MESSAGE, lambda: False)
    assert (verdict.outcome, server.taken) == (Outcome.OVERTAKEN, {})


def test_a_password_is_not_sent_in_the_clear_to_another_machine(monkeypatch) -> None:
    with MailServer() as server:
        real = socket.create_connection
        here = ("127.0.0.1", server.port)
        monkeypatch.setattr(socket, "create_connection", lambda _address, wait: real(here, wait))
        line = Line(Server("mail.example.com", 25, "me", "canary"), SHORT)
        verdict = line.hand_over("a@k.test", "b@example.com", MESSAGE, lambda: True)
    assert (verdict.outcome, "TLS" in verdict.answer, "canary" in verdict.answer) == (
        Outcome.LATER,
        True,
        False,
    )


def test_one_line_takes_several_letters() -> None:
    with MailServer() as server:
        line = line_to(server)
        for number in range(3):
            line.hand_over("a@k.test", "b@example.com", MESSAGE.replace(b"one", b"%d" % number), lambda: True)
        line.close()
    assert (len(server.taken), server.connections) == (3, 1)


def test_tls_is_demanded_and_its_certificate_verified(certificate, monkeypatch) -> None:
    def verdict_of(server: MailServer, **how: bool):
        line = Line(Server("localhost", server.port, name="k.test", **how), SHORT)
        verdict = line.hand_over("a@k.test", "b@example.com", MESSAGE, lambda: True)
        line.close()
        return verdict.outcome

    with MailServer() as in_the_clear:
        assert verdict_of(in_the_clear, tls=True) is Outcome.LATER
    with MailServer(tls=certificate.context) as unknown:
        assert verdict_of(unknown, tls=True) is Outcome.LATER
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    with MailServer(tls=certificate.context) as known:
        assert verdict_of(known, tls=True) is Outcome.SENT
    with MailServer(tls=certificate.context, from_the_start=True) as known:
        assert verdict_of(known, ssl=True) is Outcome.SENT
    assert in_the_clear.taken == unknown.taken == {}
