"""Of two templates with nothing between them the first takes one character."""

from mutation import replace
from utilmeta.core.routing.segment import parse_template

replace(parse_template, '"}{" in text', "False")
