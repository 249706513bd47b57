"""Flows: who bought and sold, by investor, member firm and program, adding up across every TR that tells it."""
