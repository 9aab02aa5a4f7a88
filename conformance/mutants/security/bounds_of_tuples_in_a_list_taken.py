"""A tuple that is in a list, mapping or model has every bound."""

from utilmeta.core.request.schemas import sample

sample.SAMPLES = {kind: value for kind, value in sample.SAMPLES.items() if kind != "tuple"}
