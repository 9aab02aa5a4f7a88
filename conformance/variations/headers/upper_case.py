"""The names of headers are in capitals."""

from replies import change_replies

LEVEL = "full"
VARIANTS = ("flask-sync", "tornado-async", "flask-async", "tornado-sync")  # the others write names as they like
change_replies(
    lambda status, headers, body, request: (status, [(name.upper(), value) for name, value in headers], body)
)
