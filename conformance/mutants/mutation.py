"""Changes a function of the implementation in place, for a mutant: whoever holds the function runs what is new.

Runs in the implementation's interpreter, before a scenario is imported; standard library only.
"""

import ast
import builtins
import dis
import inspect
import linecache
import re
import textwrap


class Unchanged(LookupError):
    """The text to be replaced is not in the function, or stands there more than once: the mutant has to be mended."""


def replace(function, old, new):
    """Replace `old`, which stands in the source of `function` exactly once, by `new`.

    Defaults are taken from the new text too, decorators are left as they are. Raises Unchanged; NameError for a global
    that the module does not have, as a mutant that only fails breaks more than its promise; TypeError for what was not
    written in Python. A property's getter is `Class.name.fget`, a class method is `Class.name.__func__`.
    """
    function = inspect.unwrap(getattr(function, "__func__", function))
    source = textwrap.dedent(inspect.getsource(function))
    definition = next(node for node in ast.walk(ast.parse(source)) if isinstance(node, _DEFINITIONS))
    text = "\n".join(source.splitlines()[definition.lineno - 1 :])
    if text.count(old) != 1:
        raise Unchanged(f"{old!r} stands {text.count(old)} times in {function.__module__}.{function.__qualname__}")
    made = _compile(text.replace(old, new), function)
    missing = sorted(_global_names(made.__code__) - vars(builtins).keys() - function.__globals__.keys())
    if missing:
        raise NameError(f"{new!r} names {', '.join(missing)}, which {function.__module__} does not have")
    function.__code__ = made.__code__
    function.__defaults__ = made.__defaults__
    function.__kwdefaults__ = made.__kwdefaults__


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _global_names(code):
    """The names that a code object, and those in it, read as globals."""
    names = {instruction.argval for instruction in dis.get_instructions(code) if instruction.opname == "LOAD_GLOBAL"}
    return names.union(*(_global_names(each) for each in code.co_consts if inspect.iscode(each)))


def _compile(text, function):
    """The function that `text` defines, in the module and with the closure's names of `function`."""
    free = function.__code__.co_freevars
    # Under another name, for one that calls itself is to find itself where it always did: in the module.
    text = re.sub(r"def \w+", "def changed", text, count=1)
    source = (
        "from __future__ import annotations\n"
        f"def enclosing({', '.join(free)}):\n{textwrap.indent(text, '    ')}\n    return changed\n"
    )
    file = f"<mutant {len(linecache.cache)} of {function.__qualname__}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)  # for tracebacks, and for us
    found = {}
    exec(compile(source, file, "exec"), function.__globals__, found)
    return found["enclosing"](*free)


def change_default(model, field, value):
    """Give a field of a pydantic model another default. Raises KeyError for a field that the model does not have."""
    model.model_fields[field].default = value
    model.model_rebuild(force=True)
