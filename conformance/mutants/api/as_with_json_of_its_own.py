"""An API in another application sends the repr of a value in place of its JSON."""

from mutation import replace
from utilmeta.core.server import application

replace(
    application.compile_api,
    "Responder(compile_encoder(Time.unused()),",
    "Responder(lambda value: repr(value).encode(),",
)
