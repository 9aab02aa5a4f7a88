"""The message of a template is null where there is none."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(Response.content.fget, 'made[self.message_key] = ""', "pass")
