"""JSON ends in a line break."""

from utilmeta.core.server import application

LEVEL = "full"
original = application.compile_encoder


def compile_encoder(times):
    encode = original(times)
    return lambda value: encode(value) + b"\n"


application.compile_encoder = compile_encoder
