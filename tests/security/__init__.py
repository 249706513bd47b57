"""Security: the numbered tests of the threat model, and the table that says which is where."""
