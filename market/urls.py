"""Addresses of the market pages."""

from django.urls import path

from market.views import numbers, search, symbol

__all__ = ["app_name", "urlpatterns"]

app_name = "market"
urlpatterns = [
    path("search/", search.search, name="search"),
    path("a/<str:code>/symbols/", symbol.symbols, name="symbols"),
    path("a/<str:code>/symbols/<str:symbol>/", symbol.symbol, name="symbol"),
    path("a/<str:code>/symbols/<str:symbol>/book/", numbers.book, name="book"),
    path("a/<str:code>/symbols/<str:symbol>/candles/", numbers.candles, name="candles"),
]
