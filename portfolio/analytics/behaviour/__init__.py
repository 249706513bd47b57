"""Behaviour (metrics 3.6): detectors of costly habits, each with the trades it found and their price."""
