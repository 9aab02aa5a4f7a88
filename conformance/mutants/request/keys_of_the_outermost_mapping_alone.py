"""In JSON a key is the member that it spells only where the mapping is the whole body or field."""

from mutation import replace
from utilmeta.core.request.schemas.enum_text import keyed

replace(keyed, "rewritten(schema, with_keys)", "with_keys(schema)")
