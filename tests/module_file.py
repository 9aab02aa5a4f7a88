"""Imports a module from its file, whatever its folder."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType


def import_file(file: Path) -> ModuleType:
    """Run the file as a module of its stem's name, which is not kept in `sys.modules`."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
