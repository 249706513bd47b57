"""Tests of the reports: what they say, what they look like, what they cost."""
