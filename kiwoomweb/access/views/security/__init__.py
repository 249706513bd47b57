"""``/security/``: how one signs in, and where."""
