"""The account's access token on the shelf: ``python -m kiwoomweb.operation.benchmarks.relay.first_token``.

No order process runs here, which hands them out: it would take its part of the processors that are measured.
"""

__all__ = ["main"]


def main() -> None:
    """Ask as a person at the command line may, who opens account keys."""
    import django

    django.setup()
    from kiwoomweb.access.gateway import broker_for
    from kiwoomweb.access.models import Account

    broker_for(Account.objects.get()).token()


if __name__ == "__main__":
    main()
