"""A body that does not parse is an invalid one: 422."""

from mutation import replace
from utilmeta.core.request import binding

replace(
    binding.unparsable,
    'BadRequest("The body is not valid JSON")',
    'UnprocessableEntity([offence("body", "", "is not valid JSON")])',
)
