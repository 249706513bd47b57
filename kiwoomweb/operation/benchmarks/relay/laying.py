"""People for the benchmark: ``python -m kiwoomweb.operation.benchmarks.relay.laying PEOPLE KEYS``.

One team, one connected practice account, and its members' sessions; told as one line of JSON.
"""

import json
import sys
from pathlib import Path

__all__ = ["main"]


def main(people: str, keys: str) -> None:
    """``{"code": …, "sessions": [cookie, …]}``"""
    import django

    django.setup()
    sys.stdout.write(json.dumps(_lay(int(people), json.loads(Path(keys).read_text()))) + "\n")


def _lay(people: int, pair: dict[str, str]) -> dict[str, object]:
    from kiwoomweb.access.models import Account, Membership, Team, User
    from kiwoomweb.access.roles import Role
    from kiwoomweb.access.services.keys import keep
    from kiwoomweb.broker.credentials import Credentials
    from kiwoomweb.operation.benchmarks.journal.pages import session_of

    team = Team.objects.create(name="bench")
    account = Account.objects.create(team=team, name="bench", number="8100009999", environment="simulator")
    keep(account, Credentials(pair["app_key"], pair["app_secret"]))
    sessions = []
    for number in range(people):
        user = User.objects.create_user(f"bench{number}@example.com", None)
        Membership.objects.create(team=team, user=user, role=Role.VIEWER)
        sessions.append(session_of(user))
    return {"code": account.code, "sessions": sessions}


if __name__ == "__main__":
    main(*sys.argv[1:])
