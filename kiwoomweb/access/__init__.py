"""Access: people, teams, brokerage accounts and their sealed keys, and the only door to the broker.

"Account" always means 계좌, never a login.
"""
