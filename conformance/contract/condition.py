"""Conditions over variant and versions, of a ledger's `when`: `backend == "fastapi" and starlette < "1.0"`.

Python's `and`, `or`, `not` and parentheses join comparisons of a name with texts. The names are `backend`, `mode`,
`variant`, `python` and the distributions whose versions a variant's report holds, written with `_` for `-`. Versions
compare as packaging has them. The text is parsed by `ast` and never run. A comparison with a distribution that the
variant does not have is unknown, and so is its `not`; the other side of an `or` or `and` may still decide.
A condition that is unknown as a whole does not hold.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from packaging.version import InvalidVersion, Version

from conformance.contract.backend import Mode
from conformance.contract.variant import Variant

TEXTS = ("backend", "mode", "variant")
PYTHON = "python"

_OPERATORS: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda value, several: value in several,
    ast.NotIn: lambda value, several: value not in several,
}
_OF_TEXTS = (ast.Eq, ast.NotEq, ast.In, ast.NotIn)
_MIRRORED: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.Eq,
    ast.NotEq: ast.NotEq,
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
}


class ConditionError(ValueError):
    """A condition that cannot be parsed; the message says what is wrong and how it is written."""


@dataclass(frozen=True)
class Comparison:
    """A name compared with one text, or with several by `in`."""

    name: str
    operator: type[ast.cmpop]
    constants: tuple[str, ...]

    def decide(self, facts: Mapping[str, Any], read: Callable[[str, str], Any]) -> bool | None:
        """Whether the comparison is true; None where `facts` have no value for its name.

        `read(name, text)` makes a text comparable with the value.
        """
        if self.name not in facts:
            return None
        constants = [read(self.name, text) for text in self.constants]
        several = self.operator in (ast.In, ast.NotIn)
        return _OPERATORS[self.operator](facts[self.name], constants if several else constants[0])

    def comparisons(self) -> Iterator[Comparison]:
        """The comparison itself."""
        yield self


@dataclass(frozen=True)
class Junction:
    """Terms joined by `and` or `or`, or one term behind `not`."""

    kind: type[ast.boolop | ast.Not]
    terms: tuple[Comparison | Junction, ...]

    def decide(self, facts: Mapping[str, Any], read: Callable[[str, str], Any]) -> bool | None:
        """Whether the whole is true; None where that depends on a comparison that is None."""
        decided = [term.decide(facts, read) for term in self.terms]
        if self.kind is ast.Not:
            return None if decided[0] is None else not decided[0]
        settling = self.kind is ast.Or  # one True settles an `or`, one False an `and`
        return settling if settling in decided else None if None in decided else not settling

    def comparisons(self) -> Iterator[Comparison]:
        """Comparisons among its terms, at any depth."""
        for term in self.terms:
            yield from term.comparisons()


@dataclass(frozen=True)
class Condition:
    """A condition as a ledger has it; the empty text holds everywhere."""

    text: str = ""
    term: Comparison | Junction | None = field(default=None, compare=False, repr=False)

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Parse a condition; raises ConditionError."""
        try:
            tree = ast.parse(text.strip(), mode="eval")
        except SyntaxError as error:
            raise ConditionError(f"it is not an expression ({error.msg})") from None
        return cls(text, _term(tree.body))

    @property
    def versions(self) -> frozenset[str]:
        """Names in the condition that stand for versions."""
        return frozenset(entry.name for entry in self._comparisons if entry.name not in TEXTS)

    @property
    def _comparisons(self) -> list[Comparison]:
        return [] if self.term is None else list(self.term.comparisons())

    def holds(self, variant: Variant, versions: Mapping[str, str]) -> bool:
        """Whether it is true of a variant with these versions, by distribution and `python`."""
        if self.term is None:
            return True
        facts = {**_texts(variant), **dict(_readable(versions))}
        return self.term.decide(facts, lambda name, text: text if name in TEXTS else Version(text)) is True

    def can_hold(self, variant: Variant) -> bool:
        """Whether there are versions with which it is true of the variant.

        Only the order of versions counts, so each that is named, one between every two and one at each end are tried.
        """
        if self.term is None:
            return True
        named: dict[str, list[Version]] = {name: [] for name in self.versions & names_of(variant)}
        for entry in self._comparisons:
            if entry.name in named:
                named[entry.name] += map(Version, entry.constants)
        ranked = {name: sorted(set(values)) for name, values in named.items()}

        def rank(name: str, text: str) -> Any:
            return text if name in TEXTS else 2 * ranked[name].index(Version(text)) + 1

        tried = product(*(range(2 * len(values) + 1) for values in ranked.values()))
        texts = _texts(variant)
        return any(
            self.term.decide({**texts, **dict(zip(ranked, ranks, strict=True))}, rank) is True for ranks in tried
        )


EVERYWHERE = Condition()


def names_of(variant: Variant) -> frozenset[str]:
    """Names that stand for versions on this variant."""
    return frozenset({PYTHON, *map(_name, variant.framework.stamps)})


def simplest(chosen: Iterable[Variant], among: Sequence[Variant]) -> Condition:
    """The shortest condition that holds for `chosen` and for no other variant of `among`."""
    wanted = set(chosen)
    if wanted == set(among):
        return EVERYWHERE
    candidates = [Condition.parse(text) for text in _candidates(wanted, among)]
    exact = [
        condition
        for condition in candidates
        if {variant for variant in among if condition.holds(variant, {})} == wanted
    ]
    return min(exact, key=lambda condition: (len(condition.text), " != " in condition.text, condition.text))


def _candidates(wanted: set[Variant], among: Sequence[Variant]) -> Iterator[str]:
    whole: list[str] = []
    touched: list[str] = []
    single: list[str] = []
    for backend in dict.fromkeys(variant.backend for variant in among):
        modes = [variant for variant in among if variant.backend == backend]
        inside = [variant for variant in modes if variant in wanted]
        if inside == modes:
            whole.append(backend)
        else:
            single += map(str, inside)
        if inside:
            touched.append(backend)
    untouched = list(dict.fromkeys(variant.backend for variant in among if variant.backend not in touched))
    yield _one_of("variant", sorted(map(str, wanted)))
    yield " or ".join(
        _one_of(name, sorted(texts)) for name, texts in (("backend", whole), ("variant", single)) if texts
    )
    if untouched:
        yield _none_of("backend", sorted(untouched))
    left_out = sorted(str(variant) for variant in among if variant not in wanted)
    yield _none_of("variant", left_out)
    for mode in Mode:
        yield f'mode == "{mode}"'
        yield f'mode == "{mode}" and {_one_of("backend", sorted(touched))}'
        if untouched:
            yield f'mode == "{mode}" and {_none_of("backend", sorted(untouched))}'


def _one_of(name: str, texts: Sequence[str]) -> str:
    return f'{name} == "{texts[0]}"' if len(texts) == 1 else f"{name} in ({_quoted(texts)})"


def _none_of(name: str, texts: Sequence[str]) -> str:
    return f'{name} != "{texts[0]}"' if len(texts) == 1 else f"{name} not in ({_quoted(texts)})"


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(f'"{text}"' for text in texts)


def _texts(variant: Variant) -> dict[str, str]:
    return {"backend": variant.backend, "mode": variant.mode.value, "variant": str(variant)}


def _name(distribution: str) -> str:
    return distribution.replace("-", "_").lower()


def _readable(versions: Mapping[str, str]) -> Iterator[tuple[str, Version]]:
    for distribution, text in versions.items():
        try:
            yield _name(distribution), Version(text)
        except InvalidVersion:  # a build of one's own: nothing can be said of its place among the versions
            continue


def _term(node: ast.expr) -> Comparison | Junction:
    if isinstance(node, ast.BoolOp):
        return Junction(type(node.op), tuple(map(_term, node.values)))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return Junction(ast.Not, (_term(node.operand),))
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        parts = [
            _comparison(left, type(comparator), right)
            for left, comparator, right in zip(sides, node.ops, sides[1:], strict=False)
        ]
        return parts[0] if len(parts) == 1 else Junction(ast.And, tuple(parts))
    raise ConditionError(f'`{ast.unparse(node)}` is no comparison; one reads `backend == "flask"`')


def _comparison(left: ast.expr, comparator: type[ast.cmpop], right: ast.expr) -> Comparison:
    written = f"`{ast.unparse(ast.Compare(left, [comparator()], [right]))}`"
    if not isinstance(left, ast.Name):
        if not isinstance(right, ast.Name) or comparator not in _MIRRORED:
            raise ConditionError(f'{written} compares no name; one reads `starlette < "1.0"`')
        left, comparator, right = right, _MIRRORED[comparator], left
    if comparator not in _OPERATORS:
        raise ConditionError(f"{written}: there are ==, !=, <, <=, >, >=, in and not in")
    several = comparator in (ast.In, ast.NotIn)
    nodes = right.elts if several and isinstance(right, (ast.Tuple, ast.List, ast.Set)) else [right]
    if (several and nodes == [right]) or not nodes:
        raise ConditionError(f'{written}: behind `in` stand several texts, `("flask", "sanic")`')
    constants = [entry.value for entry in nodes if isinstance(entry, ast.Constant) and isinstance(entry.value, str)]
    if len(constants) != len(nodes):
        raise ConditionError(f'{written}: a name is compared with text in quotes, `starlette < "1.0"`')
    if left.id in TEXTS:
        if comparator not in _OF_TEXTS:
            raise ConditionError(f"{written}: {left.id} has no order; there are ==, !=, in and not in")
    else:
        for text in constants:
            try:
                Version(text)
            except InvalidVersion:
                raise ConditionError(f"{written}: {text!r} is no version, and {left.id} stands for one") from None
    return Comparison(left.id, comparator, tuple(constants))
