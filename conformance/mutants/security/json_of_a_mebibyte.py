"""JSON is taken up to a mebibyte unless it is said."""

from utilmeta import UtilMeta

UtilMeta.__init__.__kwdefaults__["max_json_size"] = 1024 * 1024
