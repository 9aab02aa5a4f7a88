"""The names of the attributes that a class annotates."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable


def annotated_names(cls: type) -> Iterable[str]:
    """The names of the attributes that ``cls`` itself annotates, not its bases, whether or not they resolve."""
    if sys.version_info >= (3, 14):
        import annotationlib

        return annotationlib.get_annotations(cls, format=annotationlib.Format.STRING)
    return inspect.get_annotations(cls)
