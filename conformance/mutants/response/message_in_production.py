"""The message of a template says what an exception said, in production too."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.content_of_error, "sentence(error, production=self.production)", "sentence(error, production=False)")
