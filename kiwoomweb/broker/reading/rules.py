"""What the catalogue does not say of a field, as tables: each line gives its source.

The catalogue marks a sign, but not whether it is arithmetic or a direction (PROTOCOL 5.2), and some of its
units and formats are slips of the guide (PROTOCOL 5.5-5.7).
"""

import re
from decimal import Decimal

from kiwoomweb.broker.reading.shapes import Kind
from kiwoomweb.broker.reading.units import EOKS, MILLIONS, SHARES, THOUSAND_SHARES, Unit

__all__ = [
    "BY_LABEL",
    "BY_NAME",
    "CODES",
    "FOLLOWS_THE_QUESTION",
    "INVESTORS",
    "ORDER_NUMBERS",
    "OVERRULED",
    "PRICE",
    "SECTORS",
    "TEXTS",
    "TRADED",
]

#: Prices by their names: their sign is the direction since yesterday's close, never arithmetic (PROTOCOL 5.2).
PRICE = re.compile(
    r"""
      cur_prc(_n)? | past_curr_prc | lastPrice | unp | avg_prc | \d*(oyr_)?(hgst|lwst) | 250(hgst|lwst)
    | .*_pric(_\d|_n)? | pric_(strt|end) | .*_uv(_exrt)? | .*_unp | (.*_)?(static|dynm)_stdpc
    | (.*_)?\d*(th)?_?(pre_)?bid(_\d)? | .*\dbid | (sel|buy)_\d+th_(pre_)?bid | .*_bid_unit | .*_pri_bid
    | 10 | 16 | 17 | 18 | 23 | 27 | 28 | 4[1-9] | 5\d | 60 | 305 | 306 | 307 | 901 | 910 | 914 | 931 | 1221
    | 291 | 1236 | 1237 | 10010 | 620 | 6102 | 6107 | trde_unit
    """,
    re.VERBOSE,
)

#: Sizes whose sign is the aggressor (PROTOCOL 5.2), by TR and field.
TRADED = {
    *(("ka10003", "cntr_trde_qty"), ("ka10084", "cntr_trde_qty")),
    *((kind, "15") for kind in ("0B", "0H", "0J")),
}

#: Symbols; other codes are read as they come.
CODES = re.compile(r"(.*_)?stk_cd(_\d)?|jmcode|cod2|9001")
SECTORS = re.compile(r"inds_cd")
ORDER_NUMBERS = re.compile(r"(orig_|base_orig_)?ord_no|ori_ord|9203|904")

_POINTS = Unit(Kind.POINTS, "")
_HUNDREDTHS_OF_PERCENT = Unit(Kind.RATE, "%", Decimal("0.01"))
_HUNDREDTHS = Unit(Kind.NUMBER, "", Decimal("0.01"))
_CLOCK, _DAY = Unit(Kind.CLOCK, ""), Unit(Kind.DAY, "")
_PRICE, _TEXT, _COUNT = Unit(Kind.PRICE, "원"), Unit(Kind.TEXT, ""), Unit(Kind.COUNT, "")

#: (TR, field) -> what it is, whatever the catalogue says.
OVERRULED = {
    ("ka10004", "bid_req_base_tm"): _CLOCK,  # 호가잔량기준시간, documented YYYYMMDD
    ("ka10059", "flu_rt"): _HUNDREDTHS_OF_PERCENT,  # "+38" is 0.38 % (PROTOCOL 5.2)
    ("ka10051", "flu_rt"): _HUNDREDTHS_OF_PERCENT,  # times a hundred, like its levels (PROTOCOL 5.2)
    ("ka10051", "cur_prc"): Unit(Kind.POINTS, "", Decimal("0.01")),
    ("ka10051", "pred_pre"): _HUNDREDTHS,
    ("ka10172", "12"): Unit(Kind.RATE, "%", Decimal("0.001")),  # "000001500" is 1.5 % (PROTOCOL 8.8)
    ("ka10172", "11"): Unit(Kind.WON, "원"),
    ("ka10001", "flo_stk"): Unit(Kind.COUNT, "주", Decimal(1000)),  # labelled 천원 by mistake (PROTOCOL 5.6)
    ("ka30012", "stkcnt"): Unit(Kind.COUNT, "주", Decimal(1000)),  # the same mistake
    # Measured of ka20006 (PROTOCOL 5.6); the other charts of an index count in 천주 with it.
    **{(f"ka200{tr}", "trde_qty"): THOUSAND_SHARES for tr in ("04", "05", "06", "07", "08", "19")},
    ("ka20005", "acc_trde_qty"): THOUSAND_SHARES,
    ("ka10085", "setl_remn"): SHARES,  # shares although the guide says 원 (PROTOCOL 5.6)
    ("ka40003", "acc_trde_prica"): MILLIONS,  # 백만원 although the guide says 주 (PROTOCOL 5.6)
    **{(tr, "trde_prica"): MILLIONS for tr in ("ka10082", "ka10083", "ka10094")},  # charts (PROTOCOL 5.6)
    ("ka10062", "orgn_nettrde_avg_pric"): _PRICE,  # units are mixed in one row (PROTOCOL 5.6)
    ("ka10062", "for_nettrde_avg_pric"): _PRICE,
    ("kt50075", "ord_uv"): _PRICE,  # 주문단가, documented in shares
    ("ka10073", "tdy_htssel_cmsn"): _TEXT,  # contains text, 현금 (PROTOCOL 5.7)
    ("ka10038", "rank"): _COUNT,
    **{(tr, "sqnc"): _TEXT for tr in ("ka30004", "ka30005")},  # 회차 is a name ("M603"), not a count
    ("ka00198", "bigd_rank"): _COUNT,
    **{(kind, "311"): EOKS for kind in ("0A", "0B")},  # 억원 (PROTOCOL 5.6)
    ("ka40003", "trace_cur_prc"): Unit(Kind.POINTS, "", Decimal("0.01")),  # levels of the index an ETF follows
    ("ka40006", "trace_idex"): Unit(Kind.POINTS, "", Decimal("0.01")),
    ("ka40004", "trace_idex"): _POINTS,
    ("ka20003", "stk_cd"): Unit(Kind.CODE, ""),  # the code of a sector
    **{(f"ka2000{n}", "pred_pre"): _HUNDREDTHS for n in (4, 5)},  # like the levels beside it
    ("ka20008", "trde_prica"): MILLIONS,  # like the other charts of its chapter
    # 조회일자 and 조회시간 by name; what the guide's own samples hold there are codes of firms
    **{(tr, name): _TEXT for tr in ("ka10040", "ka10053") for name in ("qry_dt", "qry_tm")},
    ("ka10013", "amt"): MILLIONS,  # the guide names no unit; amounts of the market are in 백만원 (PROTOCOL 5.6)
    ("ka10013", "pre"): SHARES,  # what the balance beside it moved by
    **{
        ("ka10010", f"{kind}_trst_{side}_amt"): MILLIONS  # as above
        for kind in ("dfrt", "ndiffpro", "all_dfrt")
        for side in ("sell", "buy", "netprps")
    },
    ("0s", "214"): _TEXT,  # what remains, HHmmss, may pass a day
    **{("0J", fid): _POINTS for fid in ("10", "16", "17", "18")},
    **{("0U", fid): _POINTS for fid in ("10",)},
    **{(kind, "11"): Unit(Kind.NUMBER, "") for kind in ("0J", "0U")},
}

#: TRs whose figures by investor are in 백만원, or in shares where the question asks for 수량 (PROTOCOL 5.6).
FOLLOWS_THE_QUESTION = {"ka10059", "ka10060", "ka10061", "ka10064", "ka10066", "ka10086"}
INVESTORS = re.compile(
    r"ind_invsr|frgnr_invsr|orgn|fnnc_invt|insrnc|invtrt|etc_fnnc|bank|penfnd_etc|samo_fund|natn|etc_corp|natfor"
    r"|ind|for_qty|frgn|prm|(for|orgn|ind)_netprps"
)

_WON, _RATE, _NUMBER = Unit(Kind.WON, "원"), Unit(Kind.RATE, "%"), Unit(Kind.NUMBER, "")

#: What fields without a unit of their own are, by name: the first line that fits counts.
_NAMES = (
    (r"(.*_)?(nm|nm_\d|yn|tp|tp_nm|txt|sig|sign|sig_n|clr|empno|print)|name|.*Name|.*Code|state", _TEXT),
    (r"(.*_)?dt|923|916|918", _DAY),
    (r"(.*_)?(tm|time)|20|21|908|567|568|1223|1224|189[012]", _CLOCK),
    (
        r"pred_pre(_\d)?|pred_dvida|rpym_sum(_fr)?|fc_dly_sum|11|200|208|212|213|294|938|939|95[078]|99[02]|1313",
        _WON,
    ),
    (
        r"(.*_)?(rt|rt_\d|wght|for_poss|vltl)|201|257|295|299|851|8019|99[13]|1032|123[89]|1489|611[25]|26[56]",
        _RATE,
    ),
    (
        r"(.*_)?(qty|stkcnt|remnq|cntrcnt|limit_irds|qty_jwa_cnt)|(for|orgn)_dt_acc|frgn|prm|remn|new|rpya",
        SHARES,
    ),
    (r"pred_trde_qty_pre|cntr_engg|cntr_pred_pre|remn_rcvord_sum|26|211|26[1-478]|131[56]|610[0459]", SHARES),
    (r"(.*_)?(cnt|rank|num|dys|rank_chg)|25[1-6]|107[12]|1490", _COUNT),
    (r"(.*_)?(amt|amt_\d|prica|cmsn|tax|txam|entra|pl|pl_\d|ocr|loan)", _WON),
    (r"per|pbr|roe|ev|eps|bps|nav|navpred_pre|basis|kospi200|delta|gam|theta|vega|law|iv|lp|drng", _NUMBER),
    (r"cfp|gear|prty|lvrg|pl_qutr_pt|cntr_str|elw(gear|prty|spread)|228|691|66[6-9]|67\d|706|1211", _NUMBER),
)

#: … and by label, where the name tells nothing.
_LABELS = (
    (r".*(명|구분|코드|번호|기호|여부|부호|색깔|정보|단위)(\d+)?", _TEXT),
    (r".*(수량|잔량|직전대비|주수|주수합|순매수|거래량|체결량|보유)(\d+)?(\(누적\))?", SHARES),
)

BY_NAME = tuple((re.compile(pattern), unit) for pattern, unit in _NAMES)
BY_LABEL = tuple((re.compile(pattern), unit) for pattern, unit in _LABELS)
TEXTS = _TEXT
