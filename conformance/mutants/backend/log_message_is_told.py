"""The log message of a Tornado HTTPError is sent."""

from mutation import replace
from utilmeta.core.server.backends import tornado

VARIANTS = ("tornado-sync", "tornado-async")

replace(
    tornado.describe,
    "plain_detail(error.reason, error.status_code), private=bool(error.get_message())",
    "error.get_message()",
)
