"""Constraints of ``utype.Param`` and ``utype.Field`` that no marker has, which utype itself is asked about (TYPE-g7).

``multiple_of``, ``enum``, ``const``, ``max_digits`` and the like refuse a value; ``round``, and what is a
``utype.Lax``, changes it. They are for the value as the parameter's type has made it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import utype
from pydantic_core import PydanticCustomError

from utilmeta.utils.exceptions import DeclarationError

Rule = Callable[[Any], Any]
UNIQUE = "unique_items"
MOST_PAIRS = 1000  # items that are compared each with each


def compile_rule(kinds: Sequence[Any], constraints: Mapping[str, Any], label: str) -> Rule:
    """Return a function from a value of one of ``kinds`` to the value that utype makes of it.

    The function raises PydanticCustomError for a value that does not fit. Raises DeclarationError, which begins with
    ``label``, for constraints that one of the types cannot have.
    """
    rules, names = [], ", ".join(constraints)
    unique = constraints.get(UNIQUE) is True
    left = {name: bound for name, bound in constraints.items() if not (unique and name == UNIQUE)}
    for kind in kinds:
        if kind is Any:
            raise DeclarationError(f"{label}: {names} of utype is no rule for a parameter without a type")
        try:
            utype.Rule.annotate(kind, constraints=dict(constraints))
            rules.append((kind, utype.Rule.annotate(kind, constraints=left)))
        except Exception as error:
            raise DeclarationError(f"{label}: {names} of utype is no rule for {kind!r}: {error}") from error

    def fit(value: Any) -> Any:
        if unique and not is_unique(value):
            raise PydanticCustomError("rule", "Has an item twice")
        rule = next((rule for kind, rule in rules if isinstance(value, kind)), rules[0][1])
        try:
            return utype.type_transform(value, rule)
        except utype.exc.ConstraintError as error:
            told = f"{error.constraint}={error.constraint_value!r}"
            raise PydanticCustomError("rule", "Does not fit {rule}", {"rule": told}) from None
        except Exception:  # noqa: BLE001 - of a number without end, for example
            raise PydanticCustomError("rule", "Does not fit its rules") from None

    return fit


def is_unique(items: Sequence[Any]) -> bool:
    """Return whether no two items are equal; utype compares each with each, which takes seconds for thousands."""
    try:
        return all(one != other for one, other in pairwise(sorted(items)))
    except TypeError:  # items without an order, of which texts make few: members of an Enum
        return len(items) <= MOST_PAIRS and all(item not in items[:at] for at, item in enumerate(items))
