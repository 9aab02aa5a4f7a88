"""An error is readable by the pages of whatever origin asks."""

from mutation import replace
from utilmeta.core.api.cors import CORS

replace(CORS.granted, "self.decide(request)[0]", "[('Access-Control-Allow-Origin', request.header('origin'))]")
