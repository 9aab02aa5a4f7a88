"""JSON is refused from pages of other origins, as forms are."""

from mutation import replace
from utilmeta.core.request.body.binding import whole_body

replace(whole_body, "reader([json_text(sent), *forms]", "reader([replace(json_text(sent), check=check_form), *forms]")
