"""In JSON a text is the member of a Literal or Enum that it spells."""

from mutation import replace
from utilmeta.core.request.body import binding

replace(binding.body_fields, "fields_taker(fields, of_texts)", "fields_taker(of_texts, of_texts)")
