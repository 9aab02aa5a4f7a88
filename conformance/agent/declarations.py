"""What the code of a scenario declares, by the documented names that it uses: endpoints, mounts, hooks, plugins."""

import ast
import copy
import re
from collections.abc import Iterator, Sequence

VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_GENERAL = ("utilmeta.UtilMeta", "utilmeta.core.api.API")  # names that nearly every scenario has
_MODULES = ("utilmeta.core.api", "utilmeta.core.request", "utilmeta.core.response", "utilmeta.utils.exceptions")

_PARAMETER = re.compile(r"\{(\w+)")

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Declarations:
    """Declarations of one module; `names` has what a name of the module is called in the documentation."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def is_endpoint(self, member: ast.stmt) -> bool:
        """Whether a member of a class declares an endpoint: by a decorator, or by its name."""
        if not isinstance(member, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return False
        if any(self.is_verb(decorator) for decorator in member.decorator_list):
            return True
        of_utilmeta = any(self.documented_name(decorator) for decorator in member.decorator_list)
        return member.name in VERBS and not of_utilmeta

    def is_mount(self, member: ast.stmt) -> bool:
        """Whether a member of a class mounts an API class: it is annotated, and given a route or nothing."""
        if not isinstance(member, ast.AnnAssign):
            return False
        return member.value is None or self.documented_name(member.value) == "utilmeta.core.api.route"

    def segment(self, member: ast.stmt) -> str:
        """A segment of every path of an endpoint or mount; "" where there may be none."""
        calls = [*getattr(member, "decorator_list", ()), getattr(member, "value", None)]
        given = [
            str(argument.value)
            for call in calls
            if isinstance(call, ast.Call) and (self.is_verb(call) or self.is_mount(member))
            for argument in call.args
            if isinstance(argument, ast.Constant)
        ]
        name = name_of(member)
        path = given[0] if given else "" if name in VERBS else name
        return next((segment for segment in path.split("/") if segment and "{" not in segment), "")

    def is_verb(self, decorator: ast.expr) -> bool:
        name = self.documented_name(decorator)
        return name.rpartition(".")[0] == "utilmeta.core.api" and name.rpartition(".")[2] in VERBS

    def called(self, call: ast.Call) -> str:
        return self.documented_name(call.func)

    def documented_name(self, expression: ast.expr) -> str:
        """Documented name of what an expression refers to or calls; "" where it is not of `utilmeta`."""
        if isinstance(expression, ast.Call):
            return self.documented_name(expression.func)
        if isinstance(expression, ast.Attribute):
            owner = self.documented_name(expression.value)
            return f"{owner}.{expression.attr}" if owner else ""
        return self.names.get(expression.id, "") if isinstance(expression, ast.Name) else ""

    def about(self, node: "ast.AST | Sequence[ast.AST]") -> str:
        """Documented name of the hook, plugin or configuration that a statement declares: the most particular one."""
        found = []
        for each in [node] if isinstance(node, ast.AST) else node:
            declared: Sequence[ast.AST] = [each]
            if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)):
                declared = each.decorator_list
            for inner in (inner for part in declared for inner in ast.walk(part)):
                if isinstance(inner, ast.expr) and (name := self.documented_name(inner)):
                    found.append(name)
        chosen = [name for name in found if not (name.startswith(_GENERAL) or name in _MODULES)]
        chosen = [name for name in chosen if name.rpartition(".")[2] not in VERBS]
        return max(chosen, key=lambda name: name.count("."), default="")

    def stubs(self, endpoint: Function, answer: str) -> Iterator[Function]:
        """Endpoints of the same method and path that return what the code `answer` does, the one with most parameters
        first."""
        decorators: list[ast.expr] = []
        path: list[str] = []
        for decorator in endpoint.decorator_list:
            if self.is_verb(decorator):
                bare = decorator
                if isinstance(decorator, ast.Call):
                    bare = ast.Call(decorator.func, decorator.args, []) if decorator.args else decorator.func
                    path = [str(node.value) for node in decorator.args if isinstance(node, ast.Constant)]
                decorators.append(bare)
            elif isinstance(decorator, ast.Name) and decorator.id not in self.names:
                decorators.append(decorator)  # of the scenario's own, such as one that makes it asynchronous
        names = [argument.arg for argument in endpoint.args.args[1:]]
        wanted = [name for name in _PARAMETER.findall("".join(path)) if name in names]
        for parameters in [wanted, []] if wanted else [[]]:
            stub = copy.copy(endpoint)
            taken = "".join(f", {name}: str" for name in parameters)
            source = f"def {endpoint.name}(self{taken}):\n    return {answer}"
            if isinstance(endpoint, ast.AsyncFunctionDef):
                source = f"async {source}"
            made = ast.parse(source).body[0]
            assert isinstance(made, (ast.FunctionDef, ast.AsyncFunctionDef))
            stub.args, stub.body, stub.decorator_list, stub.returns = made.args, made.body, decorators, None
            yield stub


def name_of(member: ast.stmt) -> str:
    """Name that a member of a class has; a line of its text where it has none."""
    if isinstance(member, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return member.name
    target = getattr(member, "target", None) or next(iter(getattr(member, "targets", [])), None)
    return target.id if isinstance(target, ast.Name) else ast.unparse(member).split("\n")[0]
