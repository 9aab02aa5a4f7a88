"""A regex of utype is matched with texts of any length."""

from mutation import replace
from utilmeta.core.request import endless

replace(endless.of_text, "len(value) > most", "False")
