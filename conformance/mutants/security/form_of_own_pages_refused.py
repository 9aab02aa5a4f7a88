"""A form is taken from the host's own pages by Origin alone, whatever Sec-Fetch-Site says."""

from mutation import replace
from utilmeta.core.request.origin import check_form

replace(check_form, "if site in OWN:", "if False:")
