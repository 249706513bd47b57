"""Every TR that may be asked, asked as its form stands: only what nobody can guess is missing."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiwoomweb.access import sealing
from kiwoomweb.access.services import keys
from kiwoomweb.broker.catalogue import all_trs
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.suggestions import suggested
from kiwoomweb.simulator.serve import running
from market.explorer.ways import Way, way_of
from tests.access.conftest import forget_everything
from tests.market.explorer.test_asking import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("valkey")]

ASKED = [tr for tr in all_trs() if way_of(tr) is Way.READ]
CHAPTERS = sorted({tr.group for tr in ASKED})
#: An order's number, a member firm, a theme, a watch group, an ELW: what only a person can know.
A_PERSON_KNOWS = {"ord_no", "mmcm_cd", "thema_grp_cd", "arn_grp_id", "stk_cd"}
DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def exchange():
    with running(trader=False) as simulator:
        yield simulator


@pytest.fixture
def path(account: Any, exchange: Any, settings: Any, tmp_path: Path) -> Any:
    settings.SEALING_KEYS_FILE = tmp_path / "sealing.keys"
    settings.SIMULATOR_PORT = int(exchange.address.rest.rpartition(":")[2])
    sealing.make_ring()
    keys.keep(account, Credentials(exchange.keys.app_key, exchange.keys.app_secret))
    forget_everything()
    yield f"/a/{account.code}/tr/"
    forget_everything()


def test_there_is_something_to_ask():
    assert len(ASKED) == 206 - 12 - 19 - 4


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_form_can_be_sent_as_it_stands(viewer, path, chapter):
    for tr in (tr for tr in ASKED if tr.group == chapter):
        body = suggested(tr, DAY, "005930")
        page = viewer.post(f"{path}{tr.id}/", body)
        missing = {name for name in body if f'id="ask-{name}-wrong"' in text(page)}
        assert missing <= A_PERSON_KNOWS, (tr.id, missing)
        assert page.status_code == (422 if missing else 200), tr.id
        assert not re.search(r'class="banner danger"', text(page)), tr.id
