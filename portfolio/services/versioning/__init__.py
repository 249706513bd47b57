"""Versioning: the database itself notes every change of what statistics are made of; no writer can forget."""
