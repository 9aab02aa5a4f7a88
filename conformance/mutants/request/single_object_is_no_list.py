"""A list is taken from an array alone."""

from mutation import replace
from utilmeta.core.request.body.binding import json_taker

replace(json_taker, 'alone = many and content.lstrip()[:1] == b"{"', "alone = False")
