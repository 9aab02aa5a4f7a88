"""What has no content has a content type all the same."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.respond, "[*lengths(", '[("Content-Type", "text/plain; charset=utf-8"), *lengths(')
