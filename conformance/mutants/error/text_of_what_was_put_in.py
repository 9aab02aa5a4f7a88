"""What API.__as__ puts into an application sends the exception's text, as in development."""

from mutation import replace
from utilmeta.core.server import application

replace(
    application.compile_api,
    "responder = Responder(compile_encoder(Time.unused()), production=production)",
    "responder = Responder(compile_encoder(Time.unused()), production=False)",
)
