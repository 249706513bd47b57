"""Words: the ``return_msg`` of a success, which differs by TR family and by host (PROTOCOL 2.1).

Nobody should branch on them; a stranger's client may log them all the same.
"""

from kiwoomweb.broker.catalogue import TR
from kiwoomweb.simulator.profile import Profile

__all__ = ["NO_ROWS_MOCK", "words"]

NO_ROWS_MOCK = "모의투자 해당조회내역이 없습니다."

_ACCOUNT = "/api/dostk/acnt"
_BY_TR = {
    "kt00001": "조회가 완료되었습니다.",
    "kt00002": "일자별 계좌별 추정예탁자산 내역이 조회 되었습니다.",
    "kt00010": "주문/인출가능금액 시뮬레이션 조회완료하였습니다.",
    "kt00011": "자료를 조회하였습니다.",
    "kt00007": "조회가 완료되었습니다..",
    "kt00009": "조회가 완료되었습니다..",
    "kt00015": "조회가 완료되었습니다",
    "kt00018": "조회가 완료되었습니다",
    "ka01690": "조회가 완료되었습니다.",
    "ka00001": "정상적으로 처리되었습니다",
}


def words(tr: TR, profile: Profile) -> str:
    if tr.path != _ACCOUNT or tr.id == "ka00001":
        return "정상적으로 처리되었습니다"
    if profile.mock and tr.id.startswith("kt"):
        return "모의투자 조회완료"
    return _BY_TR.get(tr.id, " 조회가 완료되었습니다.")
