"""Fields of a JSON body are taken in the order in which they are sent, whatever their names."""

from mutation import replace
from utilmeta.core.request.body.binding import fields_taker

replace(
    fields_taker,
    "            for parameter in fields:\n"
    "                take(parameter, members.get(parameter.key, UNSET), arguments, errors)",
    "            values = [*members.values(), *[UNSET] * len(fields)]\n"
    "            for parameter, value in zip(fields, values):\n"
    "                take(parameter, value, arguments, errors)",
)
