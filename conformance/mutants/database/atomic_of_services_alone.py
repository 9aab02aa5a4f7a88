"""An API without a service is in no transaction."""

from mutation import replace
from utilmeta.core.server import application

VARIANTS = ("django-sync", "django-async")

replace(application.compile_api, "transactions=find_transactions(responder.encoded, come_in_time)", "transactions=None")
