"""Shelves: which of the broker's lists the market pages show, in the order a trader looks for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["SHELVES", "Board", "Section", "Shelf", "board_of", "shelf_of"]


@dataclass(frozen=True, slots=True)
class Board:
    """One TR as a page. ``chosen`` are the choices it opens with where the usual ones do not serve,
    ``figure`` the wire name of the figure a phone keeps, where that is not the first."""

    tr: str
    title: "StrOrPromise"
    chosen: Mapping[str, str] = field(default_factory=dict)
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Boards of one kind under a heading."""

    title: "StrOrPromise"
    boards: tuple[Board, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One tab of the market pages. ``key`` is its part of the address."""

    key: str
    title: "StrOrPromise"
    sections: tuple[Section, ...]

    def boards(self) -> Iterator[Board]:
        for section in self.sections:
            yield from section.boards

    @property
    def first(self) -> Board:
        return self.sections[0].boards[0]


RANK = Shelf(
    "rank",
    _("순위"),
    (
        Section(
            _("등락"),
            (
                Board("ka10027", _("등락률 상위"), {"trde_qty_cnd": "0000"}, "now_trde_qty"),
                Board("ka10028", _("시가 대비 등락률"), figure="open_pric_pre"),
                Board("ka10019", _("가격 급등락"), {"tm": "10"}, "jmp_rt"),
                Board("ka10026", _("고저 PER"), {"pertp": "3"}),
                Board("ka00198", _("실시간 조회 순위"), {"qry_tp": "3"}),
            ),
        ),
        Section(
            _("거래량 · 대금"),
            (
                Board("ka10030", _("당일 거래량 상위")),
                Board("ka10032", _("거래대금 상위"), {"mang_stk_incls": "1"}, "trde_prica"),
                Board("ka10031", _("전일 거래량 상위")),
                Board("ka10023", _("거래량 급증"), {"tm": "5"}, "sdnin_rt"),
                Board("ka10024", _("거래량 갱신")),
                Board("ka10025", _("매물대 집중"), {"prps_cnctr_rt": "20"}, "prps_rt"),
            ),
        ),
        Section(
            _("호가잔량"),
            (
                Board("ka10020", _("호가잔량 상위"), figure="netprps_req"),
                Board("ka10021", _("호가잔량 급증"), figure="sdnin_rt"),
                Board("ka10022", _("잔량률 급증"), figure="sdnin_rt"),
            ),
        ),
        Section(
            _("신용 · 외인 · 기관"),
            (
                Board("ka10033", _("신용비율 상위"), {"updown_incls": "1"}, "crd_rt"),
                Board("ka10034", _("외인 기간별 매매"), {"trde_tp": "2"}, "netprps_qty"),
                Board("ka10035", _("외인 연속 순매매"), {"trde_tp": "2"}, "tot"),
                Board("ka10036", _("외인 한도소진율 증가"), figure="exh_rt_incrs"),
                Board("ka90009", _("외국인 · 기관 매매 상위")),
                Board("ka10062", _("동일 순매매"), figure="nettrde_amt"),
                Board("ka10065", _("장중 투자자별 매매 상위"), figure="netslmt"),
            ),
        ),
        Section(
            _("거래원"),
            (
                Board("ka10037", _("외국계 창구 매매"), figure="netprps_prica"),
                Board("ka10039", _("증권사별 매매 상위")),
                Board("ka10038", _("종목별 증권사"), {"qry_tp": "2", "dt": "4"}),
                Board("ka10040", _("당일 주요 거래원")),
                Board("ka10042", _("순매수 거래원"), {"dt": "5"}),
                Board("ka10053", _("당일 상위 이탈원")),
            ),
        ),
        Section(_("예상체결"), (Board("ka10029", _("예상체결 등락률")),)),
        Section(_("시간외"), (Board("ka10098", _("시간외 단일가 등락률")),)),
    ),
)

LIMITS = Shelf(
    "limits",
    _("VI · 상하한"),
    (
        Section(
            _("VI · 상하한 · 신고저"),
            (
                Board("ka10054", _("VI 발동 종목")),
                Board("ka10017", _("상한가 · 하한가"), {"sort_tp": "3"}),
                Board("ka10016", _("신고가 · 신저가"), {"dt": "250", "updown_incls": "1"}),
                Board("ka10018", _("고가 · 저가 근접")),
            ),
        ),
    ),
)

FLOWS = Shelf(
    "flows",
    _("투자자"),
    (
        Section(
            _("시장 전체"),
            (
                Board("ka10051", _("업종별 투자자 순매수"), figure="frgnr_netprps"),
                Board(
                    "ka10063", _("장중 투자자별 매매"), {"invsr": "6", "frgn_all": "0", "smtm_netprps_tp": "0"}
                ),
                Board("ka10066", _("장 마감 후 투자자별"), figure="frgnr_invsr"),
                Board("ka10058", _("투자자별 일별 매매 종목"), {"trde_tp": "2", "invsr_tp": "9000"}),
                Board("ka10044", _("일별 기관 매매 종목"), {"trde_tp": "2"}),
                Board("ka10131", _("기관 · 외국인 연속 매매"), {"dt": "5"}),
            ),
        ),
        Section(
            _("종목"),
            (
                Board("ka10059", _("종목별 투자자"), {"unit_tp": "1", "amt_qty_tp": "2"}, "frgnr_invsr"),
                Board("ka10061", _("종목별 투자자 합계"), {"unit_tp": "1"}),
                Board("ka10060", _("종목별 투자자 추이"), {"unit_tp": "1"}, "frgnr_invsr"),
                Board("ka10064", _("장중 투자자별 추이")),
                Board("ka10045", _("기관 · 외국인 매매 추이"), figure="for_daly_nettrde_qty"),
                Board("ka10008", _("외국인 보유 추이"), figure="chg_qty"),
            ),
        ),
    ),
)

PROGRAM = Shelf(
    "program",
    _("프로그램"),
    (
        Section(
            _("시장 전체"),
            (
                Board("ka90005", _("시간대별 프로그램"), {"min_tic_tp": "1"}, "all_netprps"),
                Board("ka90010", _("일자별 프로그램"), {"min_tic_tp": "1"}, "all_netprps"),
                Board("ka90007", _("프로그램 누적")),
                Board("ka90006", _("차익잔고 추이")),
                Board("ka90003", _("프로그램 순매수 50"), {"trde_upper_tp": "2"}),
                Board("ka90004", _("종목별 프로그램")),
            ),
        ),
        Section(
            _("종목"),
            (
                Board("ka90008", _("종목 시간별 프로그램")),
                Board("ka90013", _("종목 일별 프로그램")),
            ),
        ),
    ),
)

SHORT = Shelf(
    "short",
    _("공매도 · 대차 · 신용"),
    (
        Section(_("공매도"), (Board("ka10014", _("공매도 추이"), {"tm_tp": "1"}, "trde_wght"),)),
        Section(
            _("대차"),
            (
                Board("ka10069", _("대차 상위 10")),
                Board("ka90012", _("대차 거래 내역")),
                Board("ka10068", _("대차 거래 추이")),
                Board("ka20068", _("종목별 대차 추이"), {"all_tp": "0"}),
            ),
        ),
        Section(
            _("신용"),
            (
                Board("ka10013", _("신용 매매 동향"), figure="remn"),
                Board("kt20016", _("신용융자 가능 종목")),
            ),
        ),
    ),
)

MEMBERS = Shelf(
    "members",
    _("거래원"),
    (
        Section(
            _("종목의 거래원"),
            (
                Board("ka10002", _("거래원 매매")),
                Board("ka10040", _("당일 주요 거래원")),
                Board("ka10053", _("당일 상위 이탈원")),
                Board("ka10042", _("순매수 거래원"), {"dt": "5"}),
                Board("ka10038", _("종목별 증권사"), {"qry_tp": "2", "dt": "4"}),
                Board("ka10043", _("거래원 매물대")),
            ),
        ),
        Section(
            _("증권사의 종목"),
            (
                Board("ka10039", _("증권사별 매매 상위")),
                Board("ka10052", _("거래원 순간 거래량")),
                Board("ka10078", _("증권사별 종목 동향")),
                Board("ka10037", _("외국계 창구 매매"), figure="netprps_prica"),
            ),
        ),
    ),
)

ETF = Shelf(
    "etf",
    _("ETF"),
    (
        Section(_("전체"), (Board("ka40004", _("ETF 전체 시세"), figure="nav"),)),
        Section(
            _("종목"),
            (
                Board("ka40009", _("NAV · 괴리율"), figure="dispty_rt"),
                Board("ka40006", _("시간대별 추이")),
                Board("ka40003", _("일별 추이")),
                Board("ka40007", _("시간대별 체결")),
                Board("ka40008", _("일자별 체결")),
                Board("ka40010", _("시간대별 수급")),
                Board("ka40001", _("ETF 수익률")),
                Board("ka40002", _("ETF 종목 정보")),
            ),
        ),
    ),
)

ELW = Shelf(
    "elw",
    _("ELW"),
    (
        Section(
            _("전체"),
            (
                Board("ka30009", _("ELW 등락률")),
                Board("ka30010", _("ELW 잔량")),
                Board("ka30001", _("ELW 가격 급등락"), {"tm": "10"}),
                Board("ka30004", _("ELW 괴리율")),
                Board("ka30005", _("ELW 조건")),
                Board("ka30002", _("거래원별 ELW")),
            ),
        ),
        Section(
            _("종목"),
            (
                Board("ka30012", _("ELW 종목 정보")),
                Board("ka10050", _("민감도")),
                Board("ka10048", _("일별 민감도")),
                Board("ka30011", _("근접율")),
                Board("ka30003", _("LP 보유 추이")),
            ),
        ),
    ),
)

GOLD = Shelf(
    "gold",
    _("금현물"),
    (
        Section(
            _("금현물"),
            (
                Board("ka50100", _("금 시세")),
                Board("ka50101", _("금 호가")),
                Board("ka50010", _("금 체결 추이")),
                Board("ka50012", _("금 일별 추이")),
                Board("ka50087", _("금 예상체결")),
                Board("ka52301", _("금 투자자")),
            ),
        ),
    ),
)

STOCK = Shelf(
    "stock",
    _("종목 조회"),
    (
        Section(
            _("시세"),
            (
                Board("ka10007", _("시세표")),
                Board("ka10003", _("체결 정보")),
                Board("ka10084", _("당일 · 전일 체결")),
                Board("ka10055", _("당일 · 전일 체결량")),
                Board("ka10006", _("시분")),
                Board("ka10087", _("시간외 단일가")),
            ),
        ),
        Section(
            _("일별"),
            (
                Board("ka10086", _("일별 주가"), {"indc_tp": "0"}),
                Board("ka10005", _("일 · 주 · 월 주가")),
                Board("ka10015", _("일별 거래 상세")),
            ),
        ),
        Section(
            _("체결강도"),
            (
                Board("ka10046", _("시간별 체결강도")),
                Board("ka10047", _("일별 체결강도")),
            ),
        ),
        Section(_("그 밖"), (Board("ka10011", _("신주인수권 시세")),)),
    ),
)

SECTORS = Shelf(
    "sectors",
    _("업종"),
    (
        Section(
            _("업종"),
            (
                Board("ka20003", _("전 업종 지수")),
                Board("ka20002", _("업종별 주가"), {"inds_cd": "013"}),
                Board("ka20001", _("업종 현재가")),
                Board("ka20009", _("업종 일별")),
                Board("ka10051", _("업종별 투자자 순매수")),
                Board("ka10010", _("업종 프로그램")),
            ),
        ),
    ),
)

THEMES = Shelf(
    "themes",
    _("테마"),
    (
        Section(
            _("테마"),
            (
                Board("ka90001", _("테마 그룹"), {"flu_pl_amt_tp": "3"}),
                Board("ka90002", _("테마 구성 종목")),
            ),
        ),
    ),
)

SHELVES = (RANK, LIMITS, SECTORS, THEMES, FLOWS, PROGRAM, SHORT, MEMBERS, ETF, ELW, GOLD, STOCK)


def shelf_of(key: str) -> Shelf | None:
    return next((shelf for shelf in SHELVES if shelf.key == key), None)


def board_of(shelf: Shelf, tr: str) -> Board | None:
    return next((board for board in shelf.boards() if board.tr == tr), None)
