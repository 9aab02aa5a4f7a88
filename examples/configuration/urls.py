"""Django's own URLs: where Django is the backend, they are served beside the API."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def about(request: HttpRequest) -> HttpResponse:
    return HttpResponse("about us")


urlpatterns = [path("about", about)]
