"""Sec-Fetch-Site is not looked at: pages of other origins post forms in the user's name."""

from mutation import replace
from utilmeta.core.request.origin import check_form

replace(check_form, "site in OTHERS or not", "not")
