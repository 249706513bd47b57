"""Detectors of habits, by hand."""
