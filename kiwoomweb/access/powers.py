"""Powers: may this process open account keys? Who serves pages, tasks or sockets gives that up at its start.

The flag is our own word, so that a mistake is noticed as one; ``operation.giving_up`` makes the kernel keep it.
"""

from kiwoomweb.access import desk_keys

__all__ = ["MayNotOpen", "give_up_account_keys", "may_open_account_keys"]

_given_up = False


class MayNotOpen(RuntimeError):
    """Account keys were to be opened by a process that has given that up."""


def give_up_account_keys() -> None:
    """For the life of this process."""
    global _given_up  # noqa: PLW0603  a process has the power or it has not
    _given_up = True


def may_open_account_keys() -> bool:
    """Whether ``services.keys.opened`` is for this process; others ask the order process for tokens."""
    return not _given_up and not desk_keys.is_anothers()
