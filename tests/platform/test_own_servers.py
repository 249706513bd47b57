"""The second profile: one's own PostgreSQL and Redis, and nothing else is different."""

import psycopg

from kiwoomweb.operation.visitor import Visitor
from tests.running import Site


def test_the_same_command_runs_on_postgresql_and_an_external_queue(
    site: Site, postgres: str, valkey_server: str
) -> None:
    site.environment |= {"DATABASE_URL": postgres, "REDIS_URL": valkey_server}
    site.start()
    assert "valkey" not in site.pids()
    assert not (site.var / "kiwoomweb.sqlite3").exists()
    with Visitor(site.address) as visitor:
        visitor.set_up(site.way_in().removeprefix(site.address))
        site.wait_until(visitor.connect_demo, 90, "the practice account was not connected")
    site.wait_until(lambda: sales(postgres) > 100, 120, "no history arrived")


def sales(postgres: str) -> int:
    with psycopg.connect(postgres) as database:
        return int(database.execute("SELECT count(*) FROM portfolio_sale").fetchone()[0])
