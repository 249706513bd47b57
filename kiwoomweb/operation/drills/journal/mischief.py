"""Mischief: the faults of F-49 to F-51, set at random by the seed while the product reads."""

from random import Random

from kiwoomweb.simulator.serve import Running

__all__ = ["TRS", "misbehave"]

#: What may go wrong with an answer: pages that go astray, other people's answers, halves, outages, refusals.
KINDS = (
    "duplicate_page",
    "looping_key",
    "endless_pages",
    "page_shrinks",
    "row_between",
    "status_between",
    "broken_paging",
    "other_account",
    "truncated",
    "html",
    "status",
    "429",
    "reset_after",
    "refuse",
)
#: The lists of the journal.
TRS = (
    "kt00007",
    "kt00009",
    "kt00015",
    "kt00002",
    "ka10073",
    "ka10074",
    "ka10170",
    "ka10072",
    "kt00018",
    "ka01690",
    "",
)


def misbehave(broker: Running, luck: Random, faults: int) -> list[str]:
    """Set so many faults on lists of the journal, each for a few answers; answers what they are."""
    told = []
    for _ in range(faults):
        kind, tr = luck.choice(KINDS), luck.choice(TRS)
        broker.faults.add(kind, tr=tr, count=luck.randrange(1, 4), after=luck.randrange(0, 12))
        told.append(f"{kind} {tr}".strip())
    return told
