"""Addresses of what people write: notes, their versions, the search in them. Below ``a/<code>/``."""

from django.urls import path, register_converter

from portfolio.views import day_review, notes, search
from portfolio.views.places import PlaceKey

__all__ = ["urlpatterns"]

register_converter(PlaceKey, "place")

urlpatterns = [
    path("journal/<day:day>/reviewed/", day_review.review_day, name="day_review"),
    path("notes/<place:key>/", notes.history, name="note"),
    path("notes/<place:key>/save/", notes.save_note, name="note_save"),
    path("notes/<place:key>/remove/", notes.remove_note, name="note_remove"),
    path("notes/<place:key>/back/", notes.bring_note_back, name="note_back"),
    path("notes/<place:key>/restore/<int:number>/", notes.restore_version, name="note_restore"),
    path("search/notes/", search.notes, name="search_notes"),
]
