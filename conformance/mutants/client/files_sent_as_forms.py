"""A file that is the body is sent in a form."""

from mutation import replace
from utilmeta.core.cli.request import files_of

replace(files_of, "return Stream([data]), None if kind else data.content_type", 'return multipart([("file", data)])')
