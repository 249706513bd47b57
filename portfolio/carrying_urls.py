"""Addresses of what goes in and out of the journal: files, imports, the archive."""

from django.urls import path

from portfolio.views import archive, files, imports, imports_manual

__all__ = ["urlpatterns"]

urlpatterns = [
    path("files/<slug:table>.<slug:kind>", files.files, name="file"),
    path("imports/", imports.imports, name="imports"),
    path("imports/manual/", imports_manual.manual, name="import_manual"),
    path("imports/<int:pk>/", imports.batch, name="import"),
    path("imports/<int:pk>/columns/", imports.columns, name="import_columns"),
    path("imports/<int:pk>/commit/", imports.commit_batch, name="import_commit"),
    path("imports/<int:pk>/discard/", imports.discard_batch, name="import_discard"),
    path("imports/<int:pk>/undo/", imports.undo_batch, name="import_undo"),
    path("imports/<int:pk>/left-out.<slug:kind>", imports.left_out, name="import_left_out"),
    path("imports/<int:pk>/original/", imports.original, name="import_original"),
    path("archive/", archive.archive, name="archive"),
    path("archive/<int:pk>/", archive.state, name="archive_state"),
    path("archive/<int:pk>/file/", archive.download, name="archive_file"),
]
