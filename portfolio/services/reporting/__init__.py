"""Reports by timetable: planned, opened when due, made once, mailed once, kept for good."""
