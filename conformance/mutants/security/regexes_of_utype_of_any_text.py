"""A regex of utype is matched with texts of any length."""

from mutation import replace
from utilmeta.core.request.schemas import utype_guard

replace(utype_guard.of_text, "len(value) > most", "False")
