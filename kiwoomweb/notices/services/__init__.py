"""What notices and the outbox do."""
