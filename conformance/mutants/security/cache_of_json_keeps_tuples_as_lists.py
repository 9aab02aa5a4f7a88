"""What JSON has something like is kept as that: a tuple as a list, any key as a text."""

from mutation import replace
from utilmeta.core.cache.json import JSONSerializer

replace(JSONSerializer.dumps, "if all(map(is_plain, parts(value))):", "if True:")
