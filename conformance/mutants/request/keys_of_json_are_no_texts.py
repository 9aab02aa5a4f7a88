"""In JSON no key is a member of a Literal or Enum of numbers."""

from mutation import replace
from utilmeta.core.request.schemas.enum_text import keyed

replace(keyed, 'part["type"] != "dict" or', "True or")
