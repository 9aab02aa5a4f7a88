"""A form is not taken for a list."""

from mutation import replace
from utilmeta.core.request.body.binding import fields_of_form_taker

replace(fields_of_form_taker, "[members] if alone else members", "members")
