"""Tests of reports by timetable."""
