"""Watchlists: ka01300 the groups of the account, ka01301 the shares of one."""

from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.screening.watchlists import groups

__all__ = ["group", "group_list"]

#: 처리결과.
DONE, FAILED = "S", "F"


def group_list(ask: Ask) -> Said:
    """ka01300."""
    found = groups(ask.exchange)
    return Said({"rtcd": DONE}, Rows("nofi", found, lambda one: {"gcod": one.number, "name": one.name}))


def group(ask: Ask) -> Said:
    """ka01301; a group nobody made fails in its own field, as a reply with rc 0."""
    wanted = ask.text("arn_grp_id").strip()
    found = next((one for one in groups(ask.exchange) if one.number == wanted), None)
    return Said(
        {"rtcd": DONE if found else FAILED},
        Rows(
            "nofj",
            found.stars if found else [],
            lambda star: {
                "cod2": star.code,
                "bgb": "1" if star.colour else "0",
                "bgb_clr": star.colour or "",
            },
        ),
    )
