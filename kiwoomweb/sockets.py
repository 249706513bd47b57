"""Routing table 2: browser WebSocket paths and their consumers."""

from django.urls import URLPattern

routes: list[URLPattern] = []
