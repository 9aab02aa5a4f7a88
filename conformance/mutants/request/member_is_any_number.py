"""A number that is no member of a Literal or Enum is the first that there is."""

from mutation import replace
from utilmeta.core.request.schemas import enum_text

replace(
    enum_text.converter,
    "            if value in known:\n                return known[value]\n",
    "            return known.get(value, next(iter(known.values())))\n",
)
