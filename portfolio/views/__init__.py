"""Pages of the journal: who may, what is asked, what is shown."""
