"""Put on the path of an implementation whose names differ from the page's, so that scripts see the page's names too."""

import importlib.util
import os

_spec = importlib.util.spec_from_file_location(
    "conformance_names", os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "names.py")
)
assert _spec is not None and _spec.loader is not None  # noqa: PT018
_names = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_names)
_names.install()
