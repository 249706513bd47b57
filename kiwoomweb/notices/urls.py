"""Addresses of notices."""

from django.urls import include, path

from kiwoomweb.notices.views.channels import add, change, channels, habits
from kiwoomweb.notices.views.deliveries import decide, deliveries
from kiwoomweb.notices.views.notices import notices, read
from kiwoomweb.notices.views.unsubscribing import unsubscribe

pages = (
    [
        path("u/<str:token>/", unsubscribe, name="unsubscribe"),
        path("notices/", notices, name="list"),
        path("notices/read/", read, name="read"),
        path("notices/channels/", channels, name="channels"),
        path("notices/channels/add/<slug:way>/", add, name="add"),
        path("notices/channels/<str:code>/", change, name="change"),
        path("notices/habits/", habits, name="habits"),
        path("notices/sent/", deliveries, name="sent"),
        path("notices/sent/<str:code>/", decide, name="decide"),
    ],
    "notices",
)

urlpatterns = [path("", include(pages))]
