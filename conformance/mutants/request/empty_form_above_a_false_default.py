"""An empty body is a form without fields where the default of the form is None or another false value."""

from mutation import replace
from utilmeta.core.request.body import binding

replace(
    binding.fields_of_form_taker,
    "if content is UNSET and body.optional:",
    "if content is UNSET and body.optional and body.default:",
)
