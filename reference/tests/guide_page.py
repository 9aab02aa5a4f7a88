"""The guide page of clients, and its examples: the service that they ask, and the rest in their order.

`python reference/tests/guide_page.py FOLDER` writes them there as two modules, for type checkers.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs/client.md"
# What the page says of type checkers: what a request function returns is the answer, and its body is `pass`.
TYPES = "# mypy: disable-error-code=empty-body\n# pyright: reportReturnType=false\n"


def examples() -> tuple[str, list[str]]:
    """Return the code of the service, and of each other example."""
    server, *others = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return server, others


if __name__ == "__main__":
    folder, (server, others) = Path(sys.argv[1]), examples()
    (folder / "server.py").write_text(server, encoding="utf-8")
    (folder / "page.py").write_text(TYPES + "\n".join(others), encoding="utf-8")
