"""The parameters of a class are bound first, and what is wrong with them told alone."""

from mutation import replace
from utilmeta.core.request.parameters import binding

replace(
    binding.binder,
    "        take(parameter, lookup(request, values), arguments, errors)\n",
    "        take(parameter, lookup(request, values), arguments, errors)\n"
    "            if errors and errors[-1]['in'] == 'header':\n"
    "                raise BadRequest(errors=errors)\n",
)
