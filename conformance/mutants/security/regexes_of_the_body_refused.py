"""A regex is refused for whatever is more than a str."""

from mutation import replace
from utilmeta.core.request.parameters import text_convertible

replace(text_convertible.check_judged, "not Texts(schema).are_sent()", 'schema["type"] != "str"')
