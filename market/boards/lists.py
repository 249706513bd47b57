"""Lists that fill the selects of other boards: member firms, sectors, themes. Asked once a day."""

from datetime import timedelta

from kiwoomweb.access.models import Account
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.reading import read
from kiwoomweb.broker.reading.usual import usual_question
from market.services.replies import replies_of

__all__ = ["pairs_of"]

DAY = timedelta(hours=20)
#: TR -> (field of the code, field of the name, bodies to ask one after another).
LISTS: dict[str, tuple[str, str, tuple[dict[str, str], ...]]] = {
    "ka10102": ("code", "name", ({},)),
    "ka10101": ("code", "name", ({"mrkt_tp": "0"}, {"mrkt_tp": "1"})),
    "ka90001": ("thema_grp_cd", "thema_nm", ({"flu_pl_amt_tp": "3"},)),
}


def pairs_of(account: Account, tr_id: str) -> list[tuple[str, str]]:
    """(code, name) in the broker's order; none when it has never told them."""
    code, name, bodies = LISTS[tr_id]
    found: dict[str, str] = {}
    for body in bodies:
        asked = {**usual_question(find(tr_id)), **body}
        for reply in replies_of(account, tr_id, asked, fresh=DAY).value or []:
            table = read(find(tr_id), reply.fields, asked).tables[0]
            at = [column.name for column in table.columns]
            for row in table.rows:
                found.setdefault(row[at.index(code)].raw.strip(), row[at.index(name)].raw.strip())
    return [(one, word) for one, word in found.items() if one]
