"""A parameter outside the body is of any type, whether or not a text becomes it."""

from utilmeta.core.request.parameters import binding

binding.check_text = lambda *arguments: None
