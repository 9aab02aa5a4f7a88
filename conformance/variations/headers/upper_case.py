"""The names of headers are in capitals."""

from replies import change_replies

LEVEL = "full"
VARIANTS = ("flask-sync", "tornado-async", "django-sync", "flask-async", "django-async", "tornado-sync")
change_replies(
    lambda status, headers, body, request: (status, [(name.upper(), value) for name, value in headers], body)
)
