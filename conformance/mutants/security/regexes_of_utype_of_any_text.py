"""A regex of utype is matched with texts of any length."""

from mutation import replace
from utilmeta.core.request.schemas import termination_guard

replace(termination_guard.of_text, "len(value) > most", "False")
