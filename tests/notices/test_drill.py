"""F-37 on a small stage: workers killed at random, a mail server that misbehaves; nothing doubled or lost."""

import pytest

from kiwoomweb.operation.drills.starting import drill


@pytest.mark.drill
@pytest.mark.timeout(300)
def test_f37_whoever_is_killed_no_letter_is_doubled_and_none_is_lost() -> None:
    """``manage.py drill mail`` sends ten thousand."""
    assert drill("mail", {"mails": 100, "workers": 2, "seed": 7}) == 0
