"""Addresses of what members do together. Below ``a/<code>/``."""

from django.urls import path

from portfolio.views.together import meeting, talk

__all__ = ["urlpatterns"]

urlpatterns = [
    path("talk/<str:about>/", talk.talk, name="talk"),
    path("talk/<str:about>/ask/", talk.ask, name="review_ask"),
    path("comments/<int:pk>/", talk.comment, name="comment"),
    path("comments/<int:pk>/remove/", talk.remove, name="comment_remove"),
    path("comments/<int:pk>/before/", talk.history, name="comment_history"),
    path("reviews/", talk.reviews, name="reviews"),
    path("reviews/<int:pk>/", talk.give, name="review_give"),
    path("meeting/", meeting.last, name="meeting_last"),
    path("meeting/<day:week>/", meeting.meeting, name="meeting"),
    path("meeting/<day:week>/minutes/", meeting.minutes, name="meeting_minutes"),
    path("meeting/<day:week>/trades/<int:pk>/", meeting.votes, name="meeting_vote"),
    path("meeting/<day:week>/actions/", meeting.act, name="meeting_act"),
    path("meeting/<day:week>/actions/<int:pk>/", meeting.ended, name="meeting_ended"),
]
