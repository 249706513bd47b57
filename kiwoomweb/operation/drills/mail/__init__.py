"""The mail drill: ten thousand letters, workers killed at random, a server that misbehaves."""
