"""A form is taken from an origin that CORS of any endpoint has allowed."""

from mutation import replace
from utilmeta.core.request import origin
from utilmeta.core.request.origin import check_form

origin.ALLOWED = set()
ONCE = """origin = request.header("origin")
    if getattr(request, "cross_origin", False):
        ALLOWED.add(origin)"""
replace(check_form, 'origin = request.header("origin")', ONCE)
replace(check_form, 'getattr(request, "cross_origin", False))', "origin in ALLOWED)")
