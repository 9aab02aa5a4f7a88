"""A set is checked against its model, and the endpoint gets the mapping."""

from mutation import replace
from utilmeta.core.request.parameters import binding

replace(binding.compile_set, "adapter.validate_python, model", "lambda value: (model.validate(value), value)[1], model")
