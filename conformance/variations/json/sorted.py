"""The members of a JSON object are sorted by name, where all of them are texts."""

from utilmeta.core.server import application

LEVEL = "full"
original = application.compile_encoder


def compile_encoder(times):
    encode = original(times)
    return lambda value: encode(ordered(value))


def ordered(value):
    if type(value) is dict:
        texts = all(type(name) is str for name in value)
        return {name: ordered(value[name]) for name in (sorted(value) if texts else value)}
    return [ordered(each) for each in value] if type(value) is list else value


application.compile_encoder = compile_encoder
