"""A class whose route has a summary is mounted at that."""

from mutation import replace
from utilmeta.core.api import declaration

replace(declaration.route, "return Route(template,", "return Route(summary or template,")
