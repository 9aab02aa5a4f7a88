"""The root API is at `/`, whatever the route says."""

from mutation import replace
from utilmeta.core.server import validate_arguments

replace(validate_arguments.route, '"/" + "/".join(split_path(value))', '"/"')
