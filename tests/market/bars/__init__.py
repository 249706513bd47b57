"""Bars that outlive the broker's memory."""
