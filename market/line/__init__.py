"""The line: one account's realtime connection to the broker, from the lease to the frames."""
