"""Nobody: the queue of a drill, which does everything itself."""

__all__ = ["hears"]


def hears(name: str, arguments: dict[str, int | str]) -> None:
    """A task that was asked for; whoever drills sees in the database what is due."""
