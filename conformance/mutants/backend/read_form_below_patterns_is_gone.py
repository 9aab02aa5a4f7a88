"""Below a project's URL patterns a form that middleware has read is empty."""

from mutation import replace
from utilmeta.core.request.servers import django_multipart

VARIANTS = ("django-sync",)

replace(django_multipart.rebuilt, "[start + head", '[b"" and start + head')
