"""A single object for a list is a 400 where white space stands before its brace."""

from mutation import replace
from utilmeta.core.request.body.binding import json_taker

replace(json_taker, 'content.lstrip()[:1] == b"{"', 'content[:1] == b"{"')
