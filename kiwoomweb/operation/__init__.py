"""Operation: starting, watching and measuring the processes of one server. Knows nothing about trading."""
