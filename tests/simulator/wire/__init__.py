"""The simulator as a stranger's client meets it. Tests carry the number of the behaviour in PROTOCOL 11."""
