"""Constraints of ``utype.Param`` and ``utype.Field`` that no marker has, which utype itself is asked about (TYPE-g7).

``multiple_of``, ``enum``, ``const``, ``max_digits`` and the like refuse a value; ``round``, and what is a
``utype.Lax``, changes it. They are for the value as the parameter's type has made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import utype
from pydantic_core import PydanticCustomError

from utilmeta.core.request.schemas.hash_collision import TOO_ALIKE, are_too_alike
from utilmeta.utils.exceptions import DeclarationError

Rule = Callable[[Any], Any]
UNIQUE = "unique_items"
MOST_PAIRS = 1000  # items without a hash that are compared each with each


def compile_rule(kinds: Sequence[Any], constraints: Mapping[str, Any], label: str) -> Rule:
    """Return a function from a value of one of ``kinds`` to the value that utype makes of it.

    The function raises PydanticCustomError for a value that does not fit. Raises DeclarationError, which begins with
    ``label``, for constraints that one of the types cannot have.
    """
    rules, names = [], ", ".join(constraints)
    asked = constraints.get(UNIQUE)
    lax = isinstance(asked, utype.Lax)
    unique = getattr(asked, "value", asked) is True
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
        rule = next((rule for kind, rule in rules if isinstance(value, kind)), rules[0][1])
        try:
            made = utype.type_transform(value, rule)
        except utype.exc.ConstraintError as error:
            told = f"{error.constraint}={error.constraint_value!r}"
            raise PydanticCustomError("rule", "Does not fit {rule}", {"rule": told}) from None
        except Exception:  # noqa: BLE001 - of a number without end, for example
            raise PydanticCustomError("rule", "Does not fit its rules") from None
        if unique and len(kept := distinct(made)) < len(made):
            if not lax:
                raise PydanticCustomError("rule", "Has an item twice")
            return type(made)(kept)
        return made

    return fit


def distinct(items: Iterable[Any]) -> list[Any]:
    """Return ``items`` without those that equal an earlier one, as utype has it: 1, 1.0 and True are equal.

    utype compares each with each, which takes a second for thousands. Raises PydanticCustomError for items that would
    take as long here: with hashes chosen to be the same, or many without a hash.
    """
    found = list(items)
    try:
        if are_too_alike(found):
            raise PydanticCustomError("rule", TOO_ALIKE)
        return list(dict.fromkeys(found))
    except TypeError:  # items without a hash, such as lists and mappings
        pass
    if len(found) > MOST_PAIRS:
        raise PydanticCustomError("rule", "Has too many items to compare them")
    kept: list[Any] = []
    for item in found:
        if item not in kept:
            kept.append(item)
    return kept
