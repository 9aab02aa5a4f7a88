"""What Flask logs of an exception of middleware has the path in it as it was sent."""

from mutation import replace
from utilmeta.core.server.backends.flask import OfExceptions

VARIANTS = ("flask-sync", "flask-async")

replace(OfExceptions.filter, "log_line.one_line(record.msg)", "record.msg")
