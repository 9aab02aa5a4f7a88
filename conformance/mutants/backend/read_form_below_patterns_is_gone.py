"""Below a project's URL patterns a form that middleware has read is empty."""

from mutation import replace
from utilmeta.core.request.servers import rebuilt

VARIANTS = ("django-sync",)

replace(rebuilt.rebuilt, "[start + head", '[b"" and start + head')
