"""A file that is the body is sent without its content."""

from mutation import replace
from utilmeta.core.cli.request import files_of

replace(files_of, "return Stream([data])", 'return Stream([b""])')
