"""Addresses of ordering; all of them belong to one account."""

from django.urls import path, re_path

from orders.views import desk, exits, following, history, stopping, ticket

__all__ = ["app_name", "urlpatterns"]

app_name = "orders"
urlpatterns = [
    path("a/<str:code>/orders/", desk.desk, name="desk"),
    path("a/<str:code>/orders/new/", ticket.new, name="new"),
    path("a/<str:code>/orders/ticket/<str:symbol>/", ticket.ticket, name="ticket"),
    path("a/<str:code>/orders/preview/", ticket.preview, name="preview"),
    path("a/<str:code>/orders/confirm/", ticket.confirm, name="confirm"),
    path("a/<str:code>/orders/decide/", ticket.decide, name="decide"),
    path("a/<str:code>/orders/waiting/", following.waiting, name="working"),
    path("a/<str:code>/orders/history/", history.history, name="history"),
    re_path(r"^a/(?P<code>[^/]+)/orders/history\.(?P<kind>csv|xlsx)$", history.files, name="history_file"),
    path("a/<str:code>/orders/approvals/", desk.approvals, name="approvals"),
    path("a/<str:code>/orders/exits/", exits.exits, name="exits"),
    path("a/<str:code>/orders/exits/set/", exits.set_exit, name="exit_set"),
    path("a/<str:code>/orders/exits/<int:number>/remove/", exits.remove, name="exit_remove"),
    path("a/<str:code>/orders/halts/", stopping.halts, name="halts"),
    path("a/<str:code>/orders/halt/", stopping.halt, name="halt"),
    path("a/<str:code>/orders/release/", stopping.release, name="release"),
    path("a/<str:code>/orders/i/<str:intent>/", following.intent, name="intent"),
    path("a/<str:code>/orders/i/<str:intent>/outcome/", following.outcome, name="outcome"),
    path("a/<str:code>/orders/i/<str:intent>/answer/", desk.answer, name="answer"),
    path("a/<str:code>/orders/i/<str:intent>/bind/", desk.bind, name="bind"),
    path("a/<str:code>/orders/i/<str:intent>/declare/", desk.declare, name="declare"),
]
