"""The error of two spellings names the variable, and not what is there."""

from mutation import replace
from utilmeta.conf import env

replace(env.ambiguities, "{' and '.join(found)} in {source.place} are spellings of one variable", "there are two of")
