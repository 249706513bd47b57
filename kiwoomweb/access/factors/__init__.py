"""Second factors: codes of an app, passkeys, recovery codes; how they are made, kept and checked."""
