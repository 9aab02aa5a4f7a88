"""A package whose lack fails a request is installed for the next one."""

from mutation import replace
from utilmeta.core.pipeline import responder

INSTALLED = """if isinstance(error, ModuleNotFoundError):
        __import__("subprocess").run([__import__("sys").executable, "-m", "pip", "install", error.name])
    if not is_public(error):"""

replace(responder.Responder.respond_to_error, "if not is_public(error):", INSTALLED)
