"""The index of notes by words, which no model describes: each database has its own means."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

__all__ = ["make_index", "take_index_away"]

# The same column is indexed by each database's own means. The words are ours (analytics.grams), so the
# tokenizers only part them at spaces: FTS5's "ascii" takes every letter beyond ASCII for a letter.
SQLITE = (
    "CREATE VIRTUAL TABLE portfolio_notegrams USING fts5("
    "grams, content='portfolio_noteindex', content_rowid='id', tokenize='ascii', detail=none)",
    "CREATE TRIGGER portfolio_notegrams_in AFTER INSERT ON portfolio_noteindex BEGIN "
    "INSERT INTO portfolio_notegrams(rowid, grams) VALUES (new.id, new.grams); END",
    "CREATE TRIGGER portfolio_notegrams_out AFTER DELETE ON portfolio_noteindex BEGIN "
    "INSERT INTO portfolio_notegrams(portfolio_notegrams, rowid, grams) "
    "VALUES ('delete', old.id, old.grams); END",
    "CREATE TRIGGER portfolio_notegrams_over AFTER UPDATE ON portfolio_noteindex BEGIN "
    "INSERT INTO portfolio_notegrams(portfolio_notegrams, rowid, grams) VALUES ('delete', old.id, old.grams); "
    "INSERT INTO portfolio_notegrams(rowid, grams) VALUES (new.id, new.grams); END",
)
POSTGRESQL = (
    "CREATE INDEX portfolio_notegrams ON portfolio_noteindex "
    "USING gin (array_to_tsvector(string_to_array(grams, ' '))) WITH (fastupdate = off)",
)


def make_index(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def take_index_away(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for name in ("in", "out", "over"):
            schema_editor.execute(f"DROP TRIGGER portfolio_notegrams_{name}")
        schema_editor.execute("DROP TABLE portfolio_notegrams")
    else:
        schema_editor.execute("DROP INDEX portfolio_notegrams")
