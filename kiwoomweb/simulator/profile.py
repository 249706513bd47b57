"""Profiles: how the real host and the mock host (모의투자) differ, and a knob for every open question.

PROTOCOL 4.3, 9 and appendix B. A profile is frozen; a test bends one with ``dataclasses.replace``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

__all__ = ["MOCK", "PROFILES", "REAL", "Profile"]

#: Orders share one quota on the real host (1702).
ORDER_TRS = frozenset(
    f"kt{number}"
    for number in (10000, 10001, 10002, 10003, 10006, 10007, 10008, 10009, 50000, 50001, 50002, 50003)
)

CREDIT_TRS = ("kt10006", "kt10007", "kt10008", "kt10009")

#: Gold: orders and the account's own TRs.
GOLD_TRS = frozenset(
    f"kt{number}" for number in (50000, 50001, 50002, 50003, 50020, 50021, 50030, 50031, 50032, 50075)
)

#: TRs the mock host's ledger refuses (PROTOCOL 9); credit and gold are appendix B 14.
MOCK_REFUSES = frozenset(
    [
        "ka01690",
        "kt00002",
        "kt00010",
        "kt00011",
        "kt00012",
        "kt00015",
        "kt00016",
        "kt00017",
        *CREDIT_TRS,
        *GOLD_TRS,
    ]
)

#: Lists drawn from the market, and a share's days and trades: a hundred rows a page.
RANKINGS = (
    *("ka10003", "ka10005", "ka10015", "ka10016", "ka10017", "ka10018", "ka10020", "ka10021", "ka10022"),
    *("ka10023", "ka10024", "ka10025", "ka10026", "ka10027", "ka10028", "ka10029", "ka10030", "ka10031"),
    *("ka10032", "ka10046", "ka10047", "ka10054", "ka10055", "ka10084", "ka10086", "ka10098", "ka20001"),
    *("ka20002", "ka20009", "ka90001", "ka90002"),
)

#: Rows a page holds (PROTOCOL 3). Lists not named here come whole on one page.
PAGE_ROWS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(RANKINGS, 100),
        "ka10019": 200,
        "ka20004": 900,
        "ka20005": 900,
        "ka20006": 600,
        "ka20007": 300,
        "ka20008": 240,
        "ka20019": 40,
        "ka10079": 900,
        "ka10080": 900,
        "ka10081": 600,
        "ka10082": 300,
        "ka10083": 240,
        "ka10094": 40,
        "ka10072": 50,
        "ka10073": 50,
        "ka10074": 50,
        "ka10075": 50,
        "ka10076": 50,
        "ka10085": 50,
        "ka10088": 50,
        "ka10170": 50,
        "kt00007": 50,
        "kt00009": 50,
        "kt00015": 50,
        "kt00002": 100,
        "kt00004": 50,
        "kt00005": 50,
        "kt00008": 50,
        "kt00018": 20,
        "ka40003": 100,
        "ka40004": 100,
        "ka40006": 100,
        "ka40007": 100,
        "ka40008": 100,
        "ka40009": 100,
        "ka40010": 100,
        "ka10048": 100,
        "ka10050": 100,
        "ka30001": 100,
        "ka30002": 100,
        "ka30003": 100,
        "ka30004": 100,
        "ka30005": 100,
        "ka30009": 100,
        "ka30010": 100,
        "ka50010": 100,
        "ka50012": 100,
        "ka50101": 100,
        "ka50079": 900,
        "ka50080": 900,
        "ka50081": 600,
        "ka50082": 300,
        "ka50083": 240,
        "ka50091": 900,
        "ka50092": 900,
        "kt50020": 20,
        "kt50030": 50,
        "kt50031": 50,
        "kt50032": 50,
        "kt50075": 50,
        # who traded: a share's history and rankings, whole markets, markets by day
        **dict.fromkeys(
            (
                "ka10008",
                "ka10013",
                "ka10014",
                "ka10033",
                "ka10034",
                "ka10035",
                "ka10036",
                "ka10037",
                "ka10038",
                "ka10039",
                "ka10042",
                "ka10043",
                "ka10044",
                "ka10045",
                "ka10052",
                "ka10058",
                "ka10059",
                "ka10060",
                "ka10062",
                "ka10065",
                "ka10068",
                "ka10078",
                "ka10131",
                "ka20068",
                "ka90003",
                "ka90005",
                "ka90008",
                "ka90009",
                "ka90013",
                "kt20016",
            ),
            100,
        ),
        **dict.fromkeys(("ka10063", "ka10066", "ka90004", "ka90012"), 800),
        **dict.fromkeys(("ka90006", "ka90007", "ka90010"), 50),
    }
)


@dataclass(frozen=True, slots=True)
class Profile:
    """One host's manners. Seconds are real seconds: a broker's patience does not follow the virtual clock."""

    name: Literal["real", "mock"]
    #: calls per second for one (app key, TR), plus ``burst`` more at once
    quota: int
    burst: int
    #: calls per second of one key over all TRs (1701)
    total_quota: int
    #: calls per second over all order TRs (1702); None where orders are counted like any TR
    order_quota: int | None
    refuses: frozenset[str]
    #: SYSTEM frame after the LOGIN ack
    system_frame: bool
    #: whether the mock host takes orders on credit, and serves the gold account, all the same
    mock_credit: bool = False
    mock_gold: bool = False
    #: how the mock host refuses ka01690: its ledger (RC9000) or its gateway (8104)
    mock_ka01690: Literal["RC9000", "8104"] = "RC9000"
    #: tokens a key may ask for in one second
    token_quota: int = 1
    #: HTTP status of a quota refusal
    rate_http: Literal[429, 200] = 429
    reissue: Literal["same", "rotate"] = "same"
    bad_next_key: Literal["refuse", "first"] = "refuse"
    page_rows: Mapping[str, int] = field(default_factory=lambda: PAGE_ROWS)
    kt00009_rows: Literal["order", "execution"] = "order"
    kt00007_empty: bool = False
    ka10072_since: bool = False
    #: days back that a TR remembers; a TR not named here remembers everything
    history_days: Mapping[str, int] = field(default_factory=dict)
    #: whether stocks sold out today stay in kt00005 and ka10085 with quantity 0
    closed_rows: bool = True
    #: an ISA account gets no rows of ka10072 and ka10073
    account_kind: Literal["cash", "isa"] = "cash"
    #: ka10030 and ka10084 say returnCode and returnMsg
    camel_return: bool = False
    #: commission in hundred-thousandths where it is not the host's own (15 is 0.015 %)
    fees: int | None = None
    #: whether KRX trades from 07:00 to 08:00, too
    krx_premarket: bool = False
    #: the real broker wants a key of the gold account's own; here one key serves both accounts, or has no gold
    gold: Literal["same_key", "none"] = "same_key"
    ws_dup: Literal["kick", "allow"] = "kick"
    ws_refresh_scope: Literal["group", "connection"] = "group"
    ws_ping_s: float = 10.0
    ws_ping_misses: int = 5
    ws_login_grace_s: float = 10.0
    ws_items: int = 200
    ws_over_limit_code: int = 1
    #: FID 911 of a fill: the order's total so far, or this execution's size
    fid911: Literal["cumulative", "unit"] = "cumulative"
    #: whether 00 and 04 write their stock code with the A of the account TRs
    ws_a_prefix: bool = False
    #: when account events are told: a moment after the order's answer, or before it
    ws_events: Literal["after", "before"] = "after"
    #: conditions one connection may follow in real time, and rows on a page of a single search
    ws_conditions: int = 10
    ws_condition_rows: int = 100
    #: how often ticks that the virtual clock has passed are gathered into one frame
    ws_flush_s: float = 0.15

    @property
    def mock(self) -> bool:
        return self.name == "mock"

    def refuses_tr(self, tr_id: str) -> bool:
        """Whether the ledger of this host does not offer the TR at all (RC9000)."""
        offered = (self.mock_credit and tr_id in CREDIT_TRS) or (self.mock_gold and tr_id in GOLD_TRS)
        return tr_id in self.refuses and not offered


REAL = Profile("real", quota=5, burst=0, total_quota=20, order_quota=5, refuses=frozenset(), system_frame=True)
MOCK = Profile(
    "mock", quota=1, burst=1, total_quota=5, order_quota=None, refuses=MOCK_REFUSES, system_frame=False
)

PROFILES: Mapping[str, Profile] = MappingProxyType({"real": REAL, "mock": MOCK})
