"""Messages are worded in another way; what they name stays: keywords, classes, values, commands."""

import gc
import importlib.machinery
import re
import types

LEVEL = "full"
WORDS = """
    a an the is are was be been has have had of to in on at by for from with without within and or not no none
    nor it its this that these those which what who where when while as than then there here one two both each
    every all any other another same given give gives gave take takes taken took make made makes need needs
    needed want wants name names named keyword keywords value values type types text texts number numbers
    function functions class classes hook hooks endpoint endpoints parameter parameters argument arguments body
    field fields member members file files path paths route routes setting settings service services application
    error errors missing unknown wrong broken invalid already after before until again only alone once twice
    more most less least than so too also but else instead cannot can could may might must shall should will
    would let set add use used using say says said see read written write find found know knows known look looks
    come comes came go goes gone start started starts starting stop end ended ends call called calls return
    returned returns raise raised raises answer answered answers request requests requested response responses
    supported frozen stays declared refused matches match does do did done between beside line spelled spellings
"""
PROSE = re.compile(
    r"(?<![\w.=(\"'`/{}<>%-])(" + "|".join(sorted(WORDS.split(), key=len, reverse=True)) + r")(?![\w.=(\"'`/{}<>-])"
)


def worded(text):
    """A text with each word of prose turned round; one that is no prose stays, and so does a regex."""
    if len(PROSE.findall(text)) < 2 or "\n" in text or ".*" in text or "\\" in text:
        return text
    return PROSE.sub(lambda match: match[0][::-1] + "o", text)


def reworded(code):
    """A code object with its messages worded in another way; docstrings may be too."""
    constants = tuple(
        worded(each) if type(each) is str else reworded(each) if isinstance(each, types.CodeType) else each
        for each in code.co_consts
    )
    return code.replace(co_consts=constants)


def load(self, name):
    code = original(self, name)
    return reworded(code) if code is not None and name.startswith("utilmeta.") else code


original = importlib.machinery.SourceFileLoader.get_code
importlib.machinery.SourceFileLoader.get_code = load
for found in gc.get_objects():
    if isinstance(found, types.FunctionType) and (found.__module__ or "").startswith("utilmeta."):
        found.__code__ = reworded(found.__code__)
