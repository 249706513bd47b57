"""The site with two dangerous doors more."""

from django.http import HttpResponse
from django.urls import path

from kiwoomweb.access.http import signed_in
from kiwoomweb.access.services.stepping_up import stepped_up
from kiwoomweb.urls import handler403, handler404, handler500, urlpatterns

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


@signed_in
@stepped_up()
def danger(request):
    return HttpResponse(f"opened {request.POST.get('amount', '')}".strip())


@signed_in
@stepped_up(strong=True)
def great_danger(request):
    return HttpResponse("opened")


urlpatterns = [*urlpatterns, path("danger/", danger), path("great-danger/", great_danger)]
