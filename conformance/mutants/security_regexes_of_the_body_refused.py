"""A regex is refused for whatever is more than a str."""

from mutation import replace
from utilmeta.core.request import textual

replace(textual.check_judged, "not Texts(schema).are_sent()", 'schema["type"] != "str"')
