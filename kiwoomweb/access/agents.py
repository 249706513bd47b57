"""What a browser says it is, in two words a person knows: ``Chrome · Windows``."""

__all__ = ["short_name"]

#: The first that fits: each of them also claims to be some of the later.
BROWSERS = (
    ("Edg/", "Edge"), ("Whale/", "Whale"), ("SamsungBrowser/", "Samsung"), ("OPR/", "Opera"),
    ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def short_name(agent: str) -> str:
    """Browser and system; what names neither is shown as it is, cut."""
    found = [next((name for mark, name in kinds if mark in agent), "") for kinds in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found)) or agent[:40] or "?"
