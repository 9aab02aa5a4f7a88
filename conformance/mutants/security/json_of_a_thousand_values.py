"""JSON has no more than a thousand values unless it is said."""

from utilmeta import UtilMeta

UtilMeta.__init__.__kwdefaults__["max_json_values"] = 1000
