"""Access: people, teams, brokerage accounts and their sealed keys; the only door to the broker."""
