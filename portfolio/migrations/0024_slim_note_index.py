"""The words of a note beside its row on PostgreSQL: a search for what half the notes hold reads the rows, not the words."""

from django.db import migrations

from portfolio.note_index import keep_words_apart, keep_words_inside


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0023_reports_together")]

    operations = [migrations.RunPython(keep_words_apart, keep_words_inside)]
