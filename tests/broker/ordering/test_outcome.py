"""O-14: every exception at every step, every code, every status, bodies mutated by the thousand."""

import inspect
import json
import random

import httpx
import pytest

from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.order_answers import Answer, SendFailed, Step
from kiwoomweb.broker.ordering_outcome import (
    PROVED,
    VERIFIED,
    Judgement,
    NotAccepted,
    Outcome,
    classify,
    judge,
)


def words(text: str) -> list[str]:
    return text.split()


#: PROTOCOL 2.4, all 37, and two that are real but unlisted.
GATEWAY = words(
    "1501 1504 1505 1511 1512 1513 1514 1515 1516 1517 1687 1700 1701 1702 1901 1902 1903 1999 8001 8002 8003"
    " 8005 8006 8009 8010 8011 8012 8015 8016 8020 8030 8031 8040 8050 8103 8104 8200 1634 9999"
)
#: R3, written down once more and by hand: what proves that no order exists.
REJECTS = set(
    words("1700 1701 1702 8005 8010 8030 8031 8040 8050 8103 1501 1504 1505 1511 1512 1513 1514 1515 1516 1517")
)
LEDGER = words(
    "855056 800033 571557 308003 407022 571357 521790 571412 571435 506550 509193 509247 501724 RC4003 RC4007"
    " RC4010 RC4025 RC4026 RC4027 RC4032 RC4033 RC4057 RC4058 RC4061 RC4091 RC5006 RC9000 123456"
)
TAKEN = {
    "ord_no": "0121751",
    "dmst_stex_tp": "KRX",
    "return_code": 0,
    "return_msg": "매수주문이 완료되었습니다.",
}


def answer(fields, status: int = 200) -> Answer:
    content = fields if isinstance(fields, bytes) else json.dumps(fields).encode()
    return Answer("kt10000", status, {}, content)


def refusal(code: str, number: object = 3) -> dict[str, object]:
    return {"return_code": number, "return_msg": f"아니오[{code}:까닭]"}


def exceptions() -> list[type[Exception]]:
    return [kind for _, kind in inspect.getmembers(httpx, inspect.isclass) if issubclass(kind, Exception)]


@pytest.mark.parametrize("kind", exceptions())
def test_an_exception_without_a_step_is_unsent_only_when_it_can_only_come_before_the_first_byte(kind):
    told = kind.__new__(kind)
    unsent = {"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol"}
    assert classify(told) is (Outcome.NOT_SENT if kind.__name__ in unsent else Outcome.UNKNOWN)


@pytest.mark.parametrize("step", [None, *Step])
def test_a_failed_send_is_unsent_only_where_that_is_proved(step):
    assert classify(SendFailed("ReadTimeout", is_unsent=False, step=step)) is Outcome.UNKNOWN
    assert classify(SendFailed("ConnectTimeout", is_unsent=True, step=step)) is Outcome.NOT_SENT


@pytest.mark.parametrize("trouble", [ValueError(), KeyboardInterrupt(), OSError(), MemoryError(), SystemExit()])
def test_what_nobody_thought_of_is_unknown(trouble):
    assert classify(trouble) is Outcome.UNKNOWN


def test_what_was_judged_stays_as_it_was_judged():
    for outcome in Outcome:
        assert classify(NotAccepted(Judgement(outcome))) is outcome


@pytest.mark.parametrize("code", GATEWAY)
@pytest.mark.parametrize("environment", [Environment.LIVE, Environment.PAPER])
def test_every_gateway_code_is_as_the_table_has_it(code, environment):
    told = answer(refusal(code))
    assert classify(told, environment) is (Outcome.REJECTED if code in REJECTS else Outcome.UNKNOWN)
    assert judge(told, environment).code == code
    assert PROVED == REJECTS


@pytest.mark.parametrize("code", LEDGER)
def test_a_ledger_code_proves_nothing_on_kiwooms_hosts_but_is_known_to_be_a_no(code):
    told = answer({"return_code": 20, "return_msg": f"[2000]({code}:모의투자 호가단위 오류입니다.)"})
    for environment in (Environment.LIVE, Environment.PAPER):
        judged = judge(told, environment)
        assert (judged.outcome, judged.is_refused, judged.code) == (Outcome.UNKNOWN, True, code)
    verified = code in VERIFIED[Environment.SIMULATOR]
    assert classify(told, Environment.SIMULATOR) is (Outcome.REJECTED if verified else Outcome.UNKNOWN)


def test_f20_1999_is_a_doubt_and_not_even_a_no_and_1687_is_looked_up():
    for code, is_refused in (("1999", False), ("1687", True)):
        judged = judge(answer(refusal(code, 1)))
        assert (judged.outcome, judged.is_refused) == (Outcome.UNKNOWN, is_refused)


def test_every_status_is_as_the_table_has_it():
    for status in range(100, 600):
        assert classify(answer(TAKEN, status)) is (Outcome.ACCEPTED if status == 200 else Outcome.UNKNOWN)
        page = classify(answer(b"<html>maintenance</html>", status))
        assert page is (Outcome.REJECTED if status == 429 else Outcome.UNKNOWN), status
        no = classify(answer(refusal("1700", 5), status))
        proves = status == 200 or (400 <= status < 500 and status != 408)
        assert no is (Outcome.REJECTED if proves else Outcome.UNKNOWN), status


@pytest.mark.parametrize(
    "number", ["", "0", "0000000", "00000000", "12345678", "12a", " ", None, 121751, "１２３", [], "-1"]
)
def test_f12_a_yes_without_an_order_number_is_a_doubt(number):
    assert classify(answer(TAKEN | {"ord_no": number})) is Outcome.UNKNOWN


@pytest.mark.parametrize(("number", "kept"), [("1", "0000001"), ("00024", "0000024"), (" 0121751 ", "0121751")])
def test_an_order_number_is_kept_with_all_its_zeros(number, kept):
    assert judge(answer(TAKEN | {"ord_no": number})).order_no == kept


@pytest.mark.parametrize("code", ["0", "0000", 0])
def test_zero_is_zero_as_number_or_text(code):
    assert classify(answer(TAKEN | {"return_code": code})) is Outcome.ACCEPTED


@pytest.mark.parametrize("code", [None, True, False, 0.0, "", "ok", "0.0", [0], {"a": 1}, -1, "٠"])
def test_no_return_code_is_no_answer(code):
    assert classify(answer(TAKEN | {"return_code": code})) is Outcome.UNKNOWN


def test_a_no_that_names_an_order_is_a_doubt():
    assert classify(answer(TAKEN | refusal("1700", 5))) is Outcome.UNKNOWN
    assert classify(answer(TAKEN, 429)) is Outcome.UNKNOWN


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"0", b'"yes"', b"\xff\xfe", b"{" * 100_000, b"[" * 100_000, b"NaN", b"\x1f\x8b\x08"],
    ids=range(10),
)
def test_what_is_no_object_is_a_doubt(body):
    assert classify(answer(body)) is Outcome.UNKNOWN


def test_f09_an_answer_cut_anywhere_is_never_taken_for_a_whole_one():
    whole = json.dumps(TAKEN, ensure_ascii=False).encode()
    assert [n for n in range(len(whole)) if classify(answer(whole[:n])) is not Outcome.UNKNOWN] == []


def mutated(rng: random.Random, body: bytes) -> bytes:
    """One to four bytes changed, dropped, doubled or put in."""
    text = bytearray(body)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(text))
        match rng.randrange(4):
            case 0:
                text[at] = rng.randrange(256)
            case 1:
                del text[at : at + rng.randint(1, 6)]
            case 2:
                text[at:at] = text[at : at + rng.randint(1, 6)]
            case _:
                text.insert(at, rng.choice(b'0123456789"{}[]:,'))
        text = text or bytearray(b"{")
    return bytes(text)


def means(body: bytes) -> Outcome:
    """The table read by another hand, for bodies under HTTP 200 on a real host."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return Outcome.UNKNOWN
    if type(said) is not dict:
        return Outcome.UNKNOWN
    code, number, text = said.get("return_code"), said.get("ord_no"), str(said.get("return_msg", ""))
    is_yes = (type(code) is int and code == 0) or (type(code) is str and code.strip() and not code.strip(" 0"))
    digits = number.strip() if type(number) is str else ""
    named = digits.isascii() and digits.isdigit() and 0 < len(digits) < 8 and int(digits) > 0
    if is_yes:
        return Outcome.ACCEPTED if named and len(str(code).strip()) <= 6 else Outcome.UNKNOWN
    is_no = (type(code) is int and 0 < code < 10**6) or (type(code) is str and code.strip().isdigit())
    says = any(f"[{proof}:" in text or str(code).strip() == proof for proof in REJECTS)
    empty = number is None or not str(number).strip()
    return Outcome.REJECTED if is_no and says and (empty if "ord_no" in said else True) else Outcome.UNKNOWN


@pytest.mark.parametrize("body", [TAKEN, refusal("1700", 5), refusal("8005")], ids=["yes", "1700", "8005"])
def test_a_hundred_thousand_mutated_bodies_are_as_the_table_has_them(body):
    rng, whole = random.Random(14), json.dumps(body).encode()
    wrong = []
    for _ in range(33_400):
        text = mutated(rng, whole)
        outcome = classify(answer(text))
        if outcome is not Outcome.UNKNOWN and outcome is not means(text):
            wrong.append((text, outcome))
    assert wrong == []
