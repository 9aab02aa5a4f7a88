"""A tuple that is in a list, mapping or model has every bound."""

from utilmeta.core.request.schemas import constraint_check

constraint_check.SAMPLES = {kind: value for kind, value in constraint_check.SAMPLES.items() if kind != "tuple"}
