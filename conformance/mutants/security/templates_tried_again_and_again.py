"""A template without a regex is matched by one that tries every place for the end of each parameter."""

import re

from mutation import replace
from utilmeta.core.routing import segment


def tried(literals):
    fullmatch = re.compile("(.+?)".join(map(re.escape, literals)), re.DOTALL).fullmatch
    return lambda text: None if (found := fullmatch(text)) is None else found.groups()


segment.tried = tried
replace(segment.segment_match, "scan(literals)", "tried(literals)")
