"""A body that does not parse is an invalid one: 422."""

from mutation import replace
from utilmeta.core.request import body
from utilmeta.utils.exceptions import UnprocessableEntity

body.UnprocessableEntity = UnprocessableEntity
replace(
    body.unparsable,
    'BadRequest("The body is not valid JSON")',
    'UnprocessableEntity([offence("body", "", "is not valid JSON")])',
)
