"""Of JSON in a member of all headers the outer braces are lost."""

from mutation import replace
from utilmeta.core.request.parameters.extractors import header_texts

replace(header_texts, "found[name] = found[header]", 'found[name] = found[header].strip("{}")')
