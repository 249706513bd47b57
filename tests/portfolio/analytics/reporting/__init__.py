"""Tests of when reports are due."""
