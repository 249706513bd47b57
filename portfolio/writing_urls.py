"""Addresses of what people write: notes, their versions, the search in them. Below ``a/<code>/``."""

from django.urls import path, register_converter

from portfolio.views import attachments, day_review, journal, notes, outlines, search
from portfolio.views.places import PlaceKey

__all__ = ["urlpatterns"]

register_converter(PlaceKey, "place")

urlpatterns = [
    path("journal/<day:day>/course/", journal.day_course, name="day_course"),
    path("journal/<day:day>/reviewed/", day_review.review_day, name="day_review"),
    path("notes/<place:key>/", notes.history, name="note"),
    path("notes/<place:key>/save/", notes.save_note, name="note_save"),
    path("notes/<place:key>/remove/", notes.remove_note, name="note_remove"),
    path("notes/<place:key>/back/", notes.bring_note_back, name="note_back"),
    path("notes/<place:key>/restore/<int:number>/", notes.restore_version, name="note_restore"),
    path("notes/<place:key>/files/", attachments.attach, name="attach"),
    path("attachments/<int:pk>/", attachments.attachment, name="attachment"),
    path("attachments/<int:pk>/small/", attachments.thumbnail, name="thumbnail"),
    path("attachments/<int:pk>/remove/", attachments.remove_attachment, name="attachment_remove"),
    path("attachments/<int:pk>/back/", attachments.bring_attachment_back, name="attachment_back"),
    path("notes/<place:key>/outlines/", outlines.choices, name="outline_choices"),
    path("outlines/", outlines.outlines, name="outlines"),
    path("outlines/new/", outlines.keep, name="outline_make"),
    path("outlines/<int:pk>/", outlines.keep, name="outline_change"),
    path("outlines/<int:pk>/remove/", outlines.remove, name="outline_remove"),
    path("search/notes/", search.notes, name="search_notes"),
]
