"""Probe: parameters with rules of utype that cannot be kept, each put into an application."""

from typing import Dict

from api_trial import way
from utilmeta.core import api


def declared():
    import utype

    return {
        "alias_from": (str, utype.Param(alias_from=["other"])),
        "case_insensitive": (str, utype.Param(case_insensitive=True)),
        "no_input": (str, utype.Param("", no_input=True)),
        "discriminator": (str, utype.Param(discriminator="kind")),
        "on_error": (str, utype.Param("", on_error="exclude")),
        "dependencies": (str, utype.Param("", dependencies=["other"])),
        "multiple_of": (str, utype.Param(multiple_of=7)),
        "unique_items": (int, utype.Param(unique_items=True)),
        "max_digits": (Dict[str, int], utype.Param(max_digits=3)),
    }


def culprit_api(kind, default):
    def trial(self, culprit=default):
        return None

    trial.__annotations__ = {"culprit": kind}
    trial.__name__, trial.__qualname__ = "trial", "CulpritAPI.trial"
    return type("CulpritAPI", (api.API,), {"__module__": __name__, "trial": api.get(trial)})


def refusals():
    """What is raised of each declaration; None where it is taken."""
    put, target = way(lambda: culprit_api(str, "right"))
    found = {}
    for rule, (kind, default) in declared().items():
        try:
            put(target, culprit_api(kind, default))
        except Exception as error:  # noqa: BLE001 - it is what the check asks about
            found[rule] = f"{type(error).__name__}: {error}"
        else:
            found[rule] = None
    return found
