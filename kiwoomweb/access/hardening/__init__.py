"""Hardening: what every answer carries and what no request may do, whichever page it is for."""
