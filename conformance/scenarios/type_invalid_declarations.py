"""Probe: parameters with rules of utype that cannot be kept, each put into an application."""

from typing import Dict

from api_trial import way
from utilmeta.core import api


def declared():
    """Types and defaults of a parameter, by the rule that it cannot keep."""
    import utype

    return {
        "alias_from": [
            (str, utype.Param(alias_from=["other"])),
            (str, utype.Param("", alias_from="other")),
            (str, utype.Field(alias_from=str.upper)),
        ],
        "case_insensitive": [(str, utype.Param(case_insensitive=True)), (int, utype.Param(0, case_insensitive=True))],
        "no_input": [
            (str, utype.Param("", no_input=True)),
            (str, utype.Param("", no_input="r")),
            (str, utype.Param("", no_input=str.isupper)),
        ],
        "discriminator": [(str, utype.Param(discriminator="kind"))],
        "on_error": [
            (str, utype.Param("", on_error="exclude")),
            (str, utype.Param("", on_error="preserve")),
            (int, utype.Field(default=0, on_error="exclude")),
            (int, utype.Field(default=0, on_error="preserve")),
        ],
        "dependencies": [
            (str, utype.Param("", dependencies=["other"])),
            (str, utype.Param("", dependencies="other")),
        ],
        "multiple_of": [(str, utype.Param(multiple_of=7))],
        "unique_items": [(int, utype.Param(unique_items=True)), (int, utype.Param(0, unique_items=True))],
        "max_digits": [(Dict[str, int], utype.Param(max_digits=3))],
        "decimal_places": [(str, utype.Param(decimal_places=2))],
    }


def culprit_api(kind, default):
    def trial(self, culprit=default):
        return None

    trial.__annotations__ = {"culprit": kind}
    trial.__name__, trial.__qualname__ = "trial", "CulpritAPI.trial"
    return type("CulpritAPI", (api.API,), {"__module__": __name__, "trial": api.get(trial)})


def refusals():
    """The rule of each declaration and what is raised of it; None where it is taken."""
    put, target = way(lambda: culprit_api(str, "right"))
    found = []
    for rule, declarations in declared().items():
        for kind, default in declarations:
            try:
                put(target, culprit_api(kind, default))
            except Exception as error:  # noqa: BLE001 - it is what the check asks about
                found.append((rule, f"{type(error).__name__}: {error}"))
            else:
                found.append((rule, None))
    return found
