"""Every origin is granted what the allowed ones are."""

from mutation import replace
from utilmeta.core.api.cors import CORS

replace(CORS.decide, "not self.any and normal(origin) not in self.known", "False")
