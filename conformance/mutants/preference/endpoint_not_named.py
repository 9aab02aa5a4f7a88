"""A mismatch is logged without the endpoint's name."""

from mutation import replace
from utilmeta.core.pipeline import responder
from utilmeta.utils.exceptions import ResultMismatch

replace(ResultMismatch.__init__, "{label} returned", "An endpoint returned")
replace(responder.Responder.log, "request.raw_path, label, request.id", "request.raw_path, 'it', request.id")
