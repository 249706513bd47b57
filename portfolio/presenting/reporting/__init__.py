"""Pages of reports: plans, one plan, an issue."""
