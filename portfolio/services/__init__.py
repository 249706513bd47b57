"""What changes the journal: reading it from the broker, planning what to read, keeping notes."""
