"""A Django project that was there before, with what it takes besides among its URL patterns."""

from typing import Any
from wsgiref.simple_server import make_server

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="of an example", USE_TZ=True)
application = django


def old(request: HttpRequest) -> HttpResponse:
    return HttpResponse("old")


urlpatterns: list[Any] = [path("old", old)]


def serve(port: int) -> None:
    make_server("127.0.0.1", port, get_wsgi_application()).serve_forever()
