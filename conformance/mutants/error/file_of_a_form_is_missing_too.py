"""A file in place of a text of a form is told, and then that the text is missing."""

from mutation import replace
from utilmeta.core.request.body import binding

replace(
    binding.fields_of_form_taker,
    "if not form.files else unsent(found, form.files, alike)",
    "",
)
