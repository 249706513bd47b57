"""Words shared by pages and reports: what figures, groups and proofs are called in the reader's language."""
