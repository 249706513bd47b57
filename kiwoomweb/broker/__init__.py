"""Kiwoom Securities, and nothing but Kiwoom: protocol, client, stream, typed calls. No Django in here."""
