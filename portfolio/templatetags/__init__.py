"""What templates need to know about the journal's own values."""
