"""The service that README.md shows answers as it says."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
ASK = """
client = app.test_client()
print(client.get("/api/hello").get_data(as_text=True))
"""


def test_the_service_of_the_readme_says_world(tmp_path: Path) -> None:
    shown = re.search(r"^    from utilmeta import UtilMeta\n(?:    .*\n|\n)+?(?=\S)", README.read_text("utf-8"), re.M)
    assert shown
    code, replaced = re.subn('backend="starlette"', 'backend="flask"', textwrap.dedent(shown[0]))
    assert replaced == 1
    code = code.replace("    service.run()", textwrap.indent(ASK, "    "))
    (tmp_path / "server.py").write_text(code, encoding="utf-8")
    ran = subprocess.run([sys.executable, "server.py"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert ran.stdout.splitlines() == ["world"], ran.stderr
