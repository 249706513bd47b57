"""Notices: what people are told, by which way, and the outbox through which everything leaves."""
