"""Benchmarks: what the README claims, measured on this machine by one command each."""
