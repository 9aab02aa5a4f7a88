"""Django's own URLs, of the scenario config_django_urls."""

from django.http import HttpResponse
from django.urls import path
from scenario import NONCE


def page(request, word):
    return HttpResponse(f"page {word} of {NONCE}")


urlpatterns = [path("pages/<str:word>", page)]
