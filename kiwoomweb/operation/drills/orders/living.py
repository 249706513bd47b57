"""Living: a life of the order process, from one kill to the next.

It takes the desk of the one that was killed, makes true what that one left behind, is judged by the broker's
books, and goes on with its own orders until it is killed in turn: as often as the drill has trials.
"""

from typing import Any

from django.utils import timezone

from kiwoomweb.operation.drills.orders.acting import NEVER, Scene, act, recover
from kiwoomweb.operation.drills.orders.children import Say
from kiwoomweb.operation.drills.orders.judging import judge
from kiwoomweb.operation.drills.orders.plans import Plan
from orders.models import Halt

__all__ = ["live", "only_recover"]


def live(scene: Scene, before: Plan | None, chosen: Plan | None, after: str, say: Say) -> None:
    """Recover from the trial ``before``, whose orders have numbers above ``after``; then play ``chosen``.

    Says the verdict (``faults``, ``states``, ``sent``), then ``after`` of its own trial. Without a trial of its
    own it proves the account's audit chain (I7) and ends.
    """
    desk = None
    if before is not None:
        desk, sent = recover(scene, before, armed=False)
        say({"sent": sent, **judge(scene, before, scene.rig.ask("book", after=after))})
        if before.scenario in {"halt", "backup"}:
            Halt.objects.filter(released_at__isnull=True).update(released_at=timezone.now())
    if chosen is None:
        say(_verified(scene.account_id))
        return
    if desk is None:
        desk = scene.take_the_desk()
        desk.go()
    desk.next_compare = NEVER
    say({"after": scene.rig.ask("latest")})
    act(scene, chosen, desk, say)


def only_recover(scene: Scene, before: Plan) -> None:
    """A life that is killed while it finds out what the last one has left (CP13), where there is a doubt."""
    recover(scene, before, armed=True)


def _verified(account_id: int) -> dict[str, Any]:
    from kiwoomweb.access.models import AuditChain
    from kiwoomweb.access.selectors.auditing import verify

    verdict = verify(AuditChain.objects.get(key=f"account:{account_id}"))
    return {"whole": verdict.ok, "words": str(verdict)}
