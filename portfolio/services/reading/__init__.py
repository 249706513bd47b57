"""Reading: ask the broker one question and turn its answer into facts. Nothing is written here."""
