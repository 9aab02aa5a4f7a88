"""Lets the reference build no application at all."""

from utilmeta import UtilMeta


def refusing(self):
    raise AttributeError("the framework has no on_event")


UtilMeta._compile = refusing
