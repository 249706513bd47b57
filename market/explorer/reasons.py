"""Reasons: in a sentence each, what stands in for something asked for, or why the broker has no such thing."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

__all__ = ["REASONS", "places"]

#: (section, number) of a row -> the sentence.
REASONS: Mapping[tuple[str, int], str] = {
    ("공매도", 1): gettext_noop("공매도 수량과 누적은 ka10014, 종목별 대차잔고는 ka20068이 알려 줍니다."),
    ("공매도", 2): gettext_noop("사유는 API에 없고, 종목 상태와 주문 경고를 ka10100과 ka10099가 알려 줍니다."),
    ("공매도", 3): gettext_noop("키움 REST API에는 대주·대차 수수료를 알려 주는 TR이 없습니다."),
    ("공매도", 4): gettext_noop("공매도 추이는 ka10014, 대주 잔고 추이는 조회구분 2로 물은 ka10013입니다."),
    ("공매도", 6): gettext_noop("키움 REST API는 공매도 주문을 받지 않습니다."),
    ("공매도", 7): gettext_noop("키움 REST API는 공매도 주문을 받지 않으므로 취소할 것도 없습니다."),
    ("기관/외국인", 2): gettext_noop(
        "지금 안내서에 없는 번호입니다. 종목별은 ka10045, 날짜별은 ka10044입니다."
    ),
    ("대차거래", 1): gettext_noop("API의 대차거래는 조회만 됩니다. 신청은 영업점이나 영웅문에서 합니다."),
    ("대차거래", 2): gettext_noop("API의 대차거래는 조회만 됩니다. 반납은 영업점이나 영웅문에서 합니다."),
    ("대차거래", 3): gettext_noop("대차거래 내역은 ka90012, 종목별 추이는 ka20068입니다."),
    ("대차거래", 4): gettext_noop("키움 REST API는 대차거래 비용을 알려 주지 않습니다."),
    ("대차거래", 5): gettext_noop("시장 전체의 추이는 ka10068, 많이 빌린 10종목은 ka10069입니다."),
    ("시세", 1): gettext_noop("현재가는 ka10001(한 종목)과 ka10095(여러 종목)가 알려 줍니다."),
    ("시세", 2): gettext_noop("시가는 ka10001(오늘)과 ka10086(날마다)이 알려 줍니다."),
    ("시세", 3): gettext_noop("종가는 ka10086과 ka10005가 날마다 알려 줍니다."),
    ("시세", 4): gettext_noop("고가와 저가는 ka10001과 ka10007이 알려 줍니다."),
    ("시세", 5): gettext_noop("열 단계 호가는 ka10004입니다."),
    ("시세", 6): gettext_noop("호가 잔량은 ka10004(조회)와 0D(실시간)가 알려 줍니다."),
    ("시세", 7): gettext_noop("체결마다의 거래량은 ka10003과 ka10084가 알려 줍니다."),
    ("시세", 8): gettext_noop("거래대금은 ka10007(오늘)과 ka10086(날마다)이 알려 줍니다."),
    ("시세", 9): gettext_noop("등락률은 ka10001과 ka10095가 알려 줍니다."),
    ("시세", 10): gettext_noop("상한가와 하한가는 ka10001과 ka10007이 알려 줍니다."),
    ("실시간시세", 6): gettext_noop("거래량은 0B의 13(누적)과 15(한 건)로 옵니다."),
    ("실시간시세", 7): gettext_noop("키움 REST API에는 공시 실시간이 없습니다."),
    ("실시간시세", 8): gettext_noop("키움 REST API에는 뉴스 실시간이 없습니다."),
}


def places() -> dict[str, str]:
    """The name of an address -> what people call the page."""
    return {
        "": _("TR 탐색"),
        "portfolio:overview": _("자산"),
        "portfolio:journal": _("매매일지"),
        "portfolio:pnl": _("손익"),
        "market:symbols": _("종목"),
        "market:conditions": _("조건검색"),
        "market:sectors": _("업종"),
    }
