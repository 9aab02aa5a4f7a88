"""A content type is application/json to the letter, without parameters and in lower case, or it is refused."""

from mutation import replace
from utilmeta.core.request.content_type import media_type

replace(media_type, 'header.partition(";")[0].strip().lower()', "header")
