"""Executes the statements of a scenario, without what the implementation cannot.

The smallest part that raises is left out: a name of an import, a keyword of a call, a member of a class, a decorator, a
function, a statement. Where it can, something stands in its place (`stand_ins`): in that of an endpoint one of the same
method and path, which says that it is a stub. What depends on a missing part is missing too, because of the same error.
"""

import __future__

import ast
import copy
import re
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conformance_agent import stand_ins
from conformance_agent.declarations import Declarations, Function, name_of
from conformance_agent.stand_ins import ABSENT, LEFT_OUT, REMOVED, SHARED, STUB, MissingParts

_TOUCHED = "__conformance_touched__"
_ANSWER = "__conformance_answer__"
_WITHOUT = "__conformance_without__"
_KEYWORD = re.compile(r"unexpected keyword argument '(\w+)'")
_MOST_KEYWORDS = 10  # of one statement


@dataclass(frozen=True)
class Removal:
    """A member of a class that the implementation refuses when it builds the service, and what it says of it.

    `stubbed` says whether a stub takes its place.
    """

    error: str
    stubbed: bool = True


Removals = Mapping[str, Removal]


class Execution:
    """Execution of one module; `names` is its namespace."""

    def __init__(
        self,
        names: "dict[str, Any]",
        file: str,
        missing: MissingParts,
        removals: Removals,
        incomplete: "list[tuple[type, list[int]]]",
    ) -> None:
        self.incomplete = incomplete
        self.names = names
        self.file = file
        self.module: str = names["__name__"]
        self.missing = missing
        self.removals = removals
        self.endpoints: list[str] = []
        self.functions: dict[str, Function] = {}
        self.declared = Declarations()
        self.flags = 0
        names[_TOUCHED] = missing.touched
        names[_ANSWER] = missing.answer
        names[_WITHOUT] = lambda given, keyword: {key: value for key, value in given.items() if key != keyword}

    def run(self, statement: ast.stmt) -> None:
        """Execute a statement of the module, or what can be executed of it."""
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            self.imports(statement)
        elif isinstance(statement, ast.ClassDef):
            self.class_(statement)
        elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            self.function(statement)
        elif isinstance(statement, ast.If):
            self.branch(statement)
        else:
            self.plain(statement)

    def execute(self, statement: ast.stmt) -> None:
        tree = ast.fix_missing_locations(ast.Module([statement], []))
        exec(compile(tree, self.file, "exec", flags=self.flags, dont_inherit=True), self.names)

    def evaluate(self, expression: ast.expr) -> Any:
        tree = ast.fix_missing_locations(ast.Expression(expression))
        return eval(compile(tree, self.file, "eval", flags=self.flags, dont_inherit=True), self.names)

    # --- Statements ---

    def imports(self, statement: "ast.Import | ast.ImportFrom") -> None:
        """Import each name apart, and let something stand for a documented one that is missing."""
        origin = statement.module if isinstance(statement, ast.ImportFrom) else None
        if origin == "__future__":
            for alias in statement.names:
                self.flags |= getattr(__future__, alias.name).compiler_flag
        for alias in statement.names:
            full = f"{origin}.{alias.name}" if origin else alias.name
            single = copy.copy(statement)
            single.names = [alias]
            of_utilmeta = full.partition(".")[0] == "utilmeta"
            try:
                self.execute(single)
            except Exception as error:
                if not of_utilmeta:
                    raise
                number = self.missing.add(full, ABSENT, stand_ins.in_a_line(error), full)
                bound = alias.asname or (alias.name if origin else "")
                if bound:
                    self.names[bound] = self.missing.stand_in(bound, number)
            if of_utilmeta:
                self.declared.names[alias.asname or (alias.name if origin else "utilmeta")] = (
                    full if origin else "utilmeta"
                )

    def branch(self, statement: ast.If) -> None:
        """Execute the branch whose condition holds."""
        try:
            holds = bool(self.evaluate(statement.test))
        except Exception as error:  # noqa: BLE001 - whatever it is, the part is missing
            self.give_up(statement, error)
            return
        for inner in statement.body if holds else statement.orelse:
            self.run(inner)

    def function(self, function: Function) -> None:
        self.functions[function.name] = function
        self.watch(function)
        try:
            self.execute(function)
        except Exception as error:  # noqa: BLE001
            number = self.part(function, function.name, STUB, error)
            self.names[function.name] = self.missing.stand_in(function.name, number)

    def plain(self, statement: ast.stmt) -> None:
        """Execute a statement, without the keywords that what it calls does not know."""
        called = statement
        for _ in range(_MOST_KEYWORDS):
            try:
                self.execute(called)
            except Exception as error:  # noqa: BLE001
                fewer = self.without_keyword(called, error)
                if fewer is not None:
                    called = fewer
                elif not self.mend_function(error):
                    self.give_up(statement, error)
                    return
            else:
                break
        value = getattr(statement, "value", None)
        if isinstance(statement, ast.Assign) and isinstance(value, ast.Call):
            for target in statement.targets:
                if isinstance(target, ast.Name) and (name := self.declared.called(value)):
                    self.declared.names[target.id] = name

    def mend_function(self, error: Exception) -> bool:
        """Take the keyword that is not known from the function of the module that gave it; False if there is none."""
        frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == self.file]
        function = self.functions.get(frames[-1].f_code.co_name) if frames else None
        fewer = self.without_keyword(function, error) if function is not None else None
        if fewer is None:
            return False
        assert isinstance(fewer, (ast.FunctionDef, ast.AsyncFunctionDef))
        self.function(fewer)
        return True

    def give_up(self, statement: ast.stmt, error: Exception) -> None:
        """Leave a statement out; something stands for each name that it would have bound."""
        described = ast.unparse(statement).split("\n")[0]
        bound = [
            node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        ]
        number = self.part(statement, bound[0] if bound else described, STUB if bound else LEFT_OUT, error)
        for name in bound:
            self.names[name] = self.missing.stand_in(name, number)

    # --- Classes ---

    def class_(self, statement: ast.ClassDef) -> None:
        """Execute a class, or what can be executed of it, and note where it mounts others that are incomplete."""
        before = len(self.missing.parts)
        self.define(statement)
        made = self.names.get(statement.name)
        if not isinstance(made, type) or stand_ins.number_of(made) is not None:
            return
        added = range(before, len(self.missing.parts))
        lacking = [number for number in added if self.missing.parts[number].kind == LEFT_OUT]
        if lacking:
            self.incomplete.append((made, lacking))
        for incomplete, numbers in self.incomplete:
            if incomplete in made.__mro__[1:]:
                for number in numbers:
                    self.missing.mounted(number, "")
        annotations = vars(made).get("__annotations__", {})
        for member in statement.body:
            if isinstance(member, ast.AnnAssign) and self.declared.is_mount(member):
                mounted = annotations.get(name_of(member))
                for number in [each for cls, numbers in self.incomplete if cls is mounted for each in numbers]:
                    self.missing.mounted(number, self.declared.segment(member))

    def define(self, statement: ast.ClassDef) -> None:
        """Execute a class; where it raises, member by member, and then its decorators one by one."""
        for member in statement.body:
            if isinstance(member, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.watch(member)
                if self.declared.is_endpoint(member):
                    self.endpoints.append(self.key(statement, member))
        removed = [member for member in statement.body if self.key(statement, member) in self.removals]
        if not removed:
            try:
                self.execute(statement)
            except Exception:  # noqa: BLE001, S110 - it comes again, from the part that raises
                pass
            else:
                return
        try:
            self.execute(self.of(statement, [ast.Pass()]))
        except Exception as error:  # noqa: BLE001
            number = self.part([*statement.bases, *statement.keywords], statement.name, STUB, error)
            self.names[statement.name] = self.missing.stand_in(statement.name, number)
            return
        kept: list[ast.stmt] = []
        for member in self.members(statement.body):
            kept += self.member(statement, kept, member)
        self.execute(self.of(statement, kept or [ast.Pass()]))
        for decorator in reversed(statement.decorator_list):
            self.decorate(statement, decorator)

    def members(self, body: "list[ast.stmt]") -> Iterator[ast.stmt]:
        """The statements of a class; of an `if` those whose condition holds."""
        for member in body:
            if isinstance(member, ast.If):
                yield from self.members(member.body if self.evaluate(member.test) else member.orelse)
            else:
                yield member

    @staticmethod
    def of(statement: ast.ClassDef, body: "list[ast.stmt]") -> ast.ClassDef:
        """The class with this body, and without decorators."""
        made = copy.copy(statement)
        made.body, made.decorator_list = body, []
        return made

    def key(self, statement: ast.ClassDef, member: ast.stmt) -> str:
        return f"{self.module}.{statement.name}.{name_of(member)}"

    def member(self, statement: ast.ClassDef, kept: "list[ast.stmt]", member: ast.stmt) -> "list[ast.stmt]":
        """Return what of a member can stand in its class beside those that are kept: itself, a stub, or nothing."""
        key = self.key(statement, member)
        error: Exception
        removal = self.removals.get(key)
        if removal is not None:
            error = _Refused(removal.error)
        else:
            try:
                self.execute(self.of(statement, [*kept, member]))
                return [member]
            except Exception as raised:  # noqa: BLE001
                error = raised
        part = f"{statement.name}.{name_of(member)}"
        if self.declared.is_endpoint(member) and (removal is None or removal.stubbed):
            assert isinstance(member, (ast.FunctionDef, ast.AsyncFunctionDef))
            before = list(self.missing.parts)
            number = self.part(member, part, STUB, error)
            for stub in self.declared.stubs(member, f"{_ANSWER}({number})"):
                try:
                    self.execute(self.of(statement, [*kept, stub]))
                except Exception:  # noqa: BLE001 - then another one, or none
                    continue
                return [stub]
            self.missing.parts[:] = before
        if self.declared.is_endpoint(member) or self.declared.is_mount(member):
            self.part(member, part, REMOVED, error, self.declared.segment(member))
            return []
        shared = isinstance(member, ast.AnnAssign) and self.declared.about(member).startswith("utilmeta.core.request.")
        number = self.part(member, part, SHARED if shared else LEFT_OUT, error)
        for function in statement.body if shared else ():
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.note(function, number)
        return []

    def decorate(self, statement: ast.ClassDef, decorator: ast.expr) -> None:
        """Apply a decorator to a class that exists; leave it out where it raises."""
        given = ast.Assign(
            [ast.Name(statement.name, ast.Store())],
            ast.Call(decorator, [ast.Name(statement.name, ast.Load())], []),
        )
        called: ast.stmt = ast.copy_location(given, statement)
        for _ in range(_MOST_KEYWORDS):
            try:
                self.execute(called)
            except Exception as error:  # noqa: BLE001
                fewer = self.without_keyword(called, error)
                if fewer is None:
                    name = ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)
                    self.part(decorator, f"@{name} of {statement.name}", LEFT_OUT, error)
                    return
                called = fewer
            else:
                return

    # --- Errors ---

    def without_keyword(self, statement: ast.stmt, error: Exception) -> "ast.stmt | None":
        """Return the statement without the keyword that a documented callable does not know; None if that is not it."""
        found = _KEYWORD.search(str(error)) if isinstance(error, TypeError) else None
        if found is None:
            return None
        keyword = found[1]
        fewer = copy.deepcopy(statement)
        calls = [node for node in ast.walk(fewer) if isinstance(node, ast.Call) and self.declared.called(node)]
        told = [call for call in calls if any(each.arg == keyword for each in call.keywords)]
        spread = [call for call in calls if any(each.arg is None for each in call.keywords)]
        chosen = told or spread
        if not chosen or any(self.is_without(call, keyword) for call in chosen):
            return None
        for call in chosen:
            call.keywords = [
                each
                if each.arg is not None
                else ast.keyword(
                    None, ast.Call(ast.Name(_WITHOUT, ast.Load()), [each.value, ast.Constant(keyword)], [])
                )
                for each in call.keywords
                if each.arg != keyword
            ]
            name = f"{self.declared.called(call)}({keyword})"
            self.missing.add(name, LEFT_OUT, stand_ins.in_a_line(error), name)
        return fewer

    @staticmethod
    def is_without(call: ast.Call, keyword: str) -> bool:
        """Whether the keyword has been taken from what the call spreads, so that taking it again changes nothing."""
        return not any(each.arg == keyword for each in call.keywords) and any(
            each.arg is None and f"{_WITHOUT}(" in (text := ast.unparse(each.value)) and repr(keyword) in text
            for each in call.keywords
        )

    def part(
        self, node: "ast.AST | Sequence[ast.AST]", part: str, kind: str, error: Exception, segment: str = ""
    ) -> int:
        """Note a part that raised `error`, or depends on one that is missing; return its number."""
        name, why = stand_ins.documented(error), stand_ins.in_a_line(error)
        about = ""
        needed = error.part if isinstance(error, stand_ins.Missing) else self.needs(node)
        if needed is not None and not name:
            blamed = self.missing.parts[needed]
            name, about, why = blamed.name, blamed.about, blamed.error
        elif isinstance(error, _Refused):
            why = str(error)
        if not name and not about:
            about = self.declared.about(node)
        if kind == STUB:
            part = f"{self.module}.{part}"
        elif kind == REMOVED and not segment:
            kind = LEFT_OUT
        number: int = self.missing.add(part, kind, why, name, about, segment)
        return number

    def needs(self, node: "ast.AST | Sequence[ast.AST]") -> "int | None":
        """Number of the first missing part that the code names; None if it names none."""
        for each in [node] if isinstance(node, ast.AST) else node:
            for inner in ast.walk(each):
                if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load):
                    number: int | None = stand_ins.number_of(self.names.get(inner.id))
                    if number is not None:
                        return number
        return None

    def watch(self, function: Function) -> None:
        """Let a function say that it runs, if its annotations name a missing part."""
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        annotations = [argument.annotation for argument in arguments if argument.annotation is not None]
        number = self.needs(annotations)
        if number is not None:
            self.note(function, number)

    @staticmethod
    def note(function: Function, number: int) -> None:
        """Let a function say, when it runs, that it was to have a part."""
        place = 1 if ast.get_docstring(function) is not None else 0
        function.body.insert(place, ast.parse(f"{_TOUCHED}({number})").body[0])


class _Refused(Exception):
    """What the implementation said of the member when it built the service."""
