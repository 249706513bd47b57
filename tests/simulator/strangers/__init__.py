"""Clients from PyPI that strangers wrote for the real broker, and the wire habits of those we cannot install.

They never saw our code: the two ends cannot agree on the same mistake (PROTOCOL 11, 80 and 81, and 12).
"""
