"""An API without a service is in no transaction."""

from mutation import replace
from utilmeta.core.server import embed

VARIANTS = ("django-sync", "django-async")

replace(embed.attach_api, "transactions=find_transactions(responder.encoded)", "transactions=None")
