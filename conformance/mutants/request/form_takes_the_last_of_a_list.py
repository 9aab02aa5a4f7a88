"""Of a repeated field of a form the last text counts, for a list too."""

from mutation import replace
from utilmeta.core.request.body.binding import fields_of_form_taker

replace(fields_of_form_taker, "model.members(form.texts)", "{name: texts[-1] for name, texts in form.texts.items()}")
