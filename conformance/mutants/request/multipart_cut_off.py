"""A multipart form that is cut off is taken as far as it came."""

from mutation import replace
from utilmeta.core.request.body.multipart import parse_multipart

malformed = "    except MultipartError as error:\n"
replace(
    parse_multipart,
    malformed,
    malformed + '        if "Unexpected end" in str(error):\n            return form\n',
)
