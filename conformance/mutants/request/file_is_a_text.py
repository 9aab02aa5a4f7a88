"""A part that is a file is taken for a text."""

from mutation import replace
from utilmeta.core.request.body.multipart import add

replace(add, "if part.filename is not None:", "if False:")
