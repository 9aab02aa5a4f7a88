"""What a WSGI server raises of a broken body is taken for a mistake of the service's."""

from mutation import replace
from utilmeta.core.request.servers import recorded_body

VARIANTS = ("flask-sync", "django-sync")

replace(recorded_body.is_of_server, " or package == software.partition(", " or package and not software.partition(")
