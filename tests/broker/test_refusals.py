"""Whatever the broker says no with, it is the right kind of no."""

import pytest

from kiwoomweb.broker import errors as e
from kiwoomweb.broker.refusals import code_in, refusal, says_no_rows


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("인증에 실패했습니다[8005:Token이 유효하지 않습니다]", "8005"),
        ("[2000](571557:주문단가를 잘못입력하셨습니다)", "571557"),
        ("[2000](RC4058:모의투자 장종료)", "RC4058"),
        ("토큰 인증에 실패했습니다. 접속을 종료합니다 [CODE=8005, MESSAGE=Token이 유효하지 않습니다]", "8005"),
        ("조회가 완료되었습니다.", ""),
        ("모의투자 조회완료 [참고]", ""),
    ],
)
def test_the_code_is_found_where_the_broker_hides_it(said, code):
    assert code_in(said) == code


GATEWAY = {
    "1501": e.BadInput,
    "1504": e.BadInput,
    "1505": e.BadInput,
    "1511": e.BadInput,
    "1512": e.BadInput,
    "1513": e.BadInput,
    "1514": e.BadInput,
    "1515": e.BadInput,
    "1516": e.BadInput,
    "1517": e.BadInput,
    "1687": e.BadInput,
    "1700": e.RateLimited,
    "1701": e.RateLimited,
    "1702": e.RateLimited,
    "1901": e.UnknownSymbol,
    "1902": e.UnknownSymbol,
    "1903": e.UnknownSymbol,
    "1999": e.BrokerDown,
    "8001": e.WrongKeys,
    "8002": e.WrongKeys,
    "8003": e.TokenExpired,
    "8005": e.TokenExpired,
    "8006": e.AuthFailed,
    "8009": e.AuthFailed,
    "8010": e.DeviceRefused,
    "8011": e.BadInput,
    "8012": e.BadInput,
    "8015": e.AuthFailed,
    "8016": e.AuthFailed,
    "8020": e.WrongKeys,
    "8030": e.WrongEnvironment,
    "8031": e.WrongEnvironment,
    "8040": e.DeviceRefused,
    "8050": e.DeviceRefused,
    "8103": e.TokenExpired,
    "8104": e.NotOffered,
    "8200": e.AuthFailed,
}


@pytest.mark.parametrize(("code", "kind"), GATEWAY.items())
def test_all_37_gateway_codes(code, kind):
    error = refusal(3, f"거절되었습니다[{code}:이유]", "ka10075")
    assert type(error) is kind
    assert (error.code, error.tr) == (code, "ka10075")


@pytest.mark.parametrize(
    ("number", "said", "kind"),
    [
        (20, "[2000](855056:매수증거금이 부족합니다. 777주 매수가능)", e.Rejected),
        (2000, "[2000](800033:매도가능수량이 부족합니다)", e.Rejected),
        (20, "[2000](RC9000:모의투자에서는 해당업무가 제공되지 않습니다.)", e.NotOffered),
        (20, "관련 규정 위반", e.Rejected),
        (1, "잘못된 요청입니다", e.BadInput),
        (2, "입력 값 오류입니다", e.BadInput),
        (3, "인증에 실패했습니다", e.AuthFailed),
        (5, "허용된 요청 개수를 초과하였습니다", e.RateLimited),
        (5, "허용된 요청 개수를 초과하였습니다[1634:종목 개수 초과]", e.BadInput),
        (5, "잘못된 종목코드입니다[1902:종목 정보가 없습니다]", e.UnknownSymbol),
        (5, "잘못된 요청입니다[1799:알 수 없음]", e.BadInput),
        (8005, "Token이 유효하지 않습니다", e.TokenExpired),
        (805004, "접속을 종료합니다 [CODE=8001, MESSAGE=검증 실패]", e.WrongKeys),
        (105111, "실시간 항목 등록에 실패했습니다", e.BadInput),
        (40, "모르는 답", e.Refused),
    ],
)
def test_families_and_ledger_codes(number, said, kind):
    assert type(refusal(number, said, "kt10000")) is kind


def test_429_is_a_rate_limit_whatever_it_says():
    assert type(refusal(1, "?", "ka10075", 429)) is e.RateLimited


def test_401_without_a_code_is_a_token_that_has_ended():
    assert type(refusal(3, "", "ka10075", 401)) is e.TokenExpired


@pytest.mark.parametrize(
    ("tr_id", "said", "none"),
    [
        ("kt00009", "[2000](501724:관련자료가없습니다)", True),
        ("kt00007", "모의투자 해당조회내역이 없습니다.", True),
        ("ka10075", " 조회가 완료되었습니다.", False),
        ("kt10003", "[2000](506550:취소할 수량이 없습니다)", False),
        ("kt10003", "관련자료가없습니다", False),
    ],
)
def test_none_is_told_from_no(tr_id, said, none):
    assert says_no_rows(tr_id, said) is none


def test_every_error_has_a_sentence_for_the_user():
    family = [e.BrokerError]
    for kind in family:
        family += kind.__subclasses__()
    assert len({kind.notice for kind in family}) == len(family)
