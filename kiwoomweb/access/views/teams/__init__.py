"""Pages of teams: who is in them, who may do what, who is invited, which account goes where."""
