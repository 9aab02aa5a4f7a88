"""A project in a folder of its own, whose server.py is run as a user would. One process a service."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import script

HEAD = f"from utilmeta.core.server.backends.django import DjangoSettings\n{script.HEAD}"


@dataclass(frozen=True)
class Project:
    """``folder`` is the project's; the state directory of its user lies elsewhere, as do variables added to
    ``environment``."""

    folder: Path
    state: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def write(self, name: str, text: str = "") -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text))
        return file

    def serve(self, text: str) -> Path:
        """Write server.py."""
        return self.write("server.py", HEAD + textwrap.dedent(text))

    def python(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        environment |= {"XDG_STATE_HOME": str(self.state), **self.environment, **variables}
        return subprocess.run(
            [sys.executable, "-B", *arguments],
            capture_output=True,
            text=True,
            timeout=30,
            cwd=self.folder,
            check=False,
            env=environment,
        )

    def passes(self, text: str, **variables: str) -> str:
        """Run server.py to its end; what it wrote to standard output."""
        self.serve(text)
        done = self.python("server.py", **variables)
        assert done.returncode == 0, done.stderr
        return done.stdout
