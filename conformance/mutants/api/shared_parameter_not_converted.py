"""What a class has as a parameter is read as it was sent."""

import dataclasses

from utilmeta.core.api import instance

first = instance.compile_shared


def compile_shared(declared, label, names):
    return tuple(dataclasses.replace(parameter, validate=None) for parameter in first(declared, label, names))


instance.compile_shared = compile_shared
