"""Funds, warrants and gold in the simulated market."""
