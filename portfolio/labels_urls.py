"""Addresses of what people say of trades: the list, reviews, filters, labels. Below ``a/<code>/``."""

from django.urls import path

from portfolio.views import filters, labels, reviews, trades

__all__ = ["urlpatterns"]

urlpatterns = [
    path("trades/", trades.trades, name="trades"),
    path("trades/bulk/", trades.bulk, name="bulk"),
    path("trades/bulk/<int:pk>/undo/", trades.bulk_undo, name="bulk_undo"),
    path("trades/events/", trades.event, name="event"),
    path("trades/events/<int:pk>/withdraw/", trades.event_withdraw, name="event_withdraw"),
    path("trades/queue/", reviews.queue, name="queue"),
    path("trades/filters/", filters.keep_filter, name="filters"),
    path("trades/filters/<int:pk>/", filters.change_filter, name="filter"),
    path("trades/<int:pk>/review/", reviews.review, name="review"),
    path("labels/", labels.labels, name="labels"),
    path("labels/change/", labels.change_labels, name="labels_change"),
    path("labels/start/", labels.start_labels, name="labels_start"),
]
