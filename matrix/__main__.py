"""Command line: `python -m matrix show REPORT [--details]`, `badges REPORT [--out DIR]` and `divergences REPORT`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from conformance.foundation.exit_codes import ExitCode
from conformance.foundation.untrusted_text import one_line
from matrix import joined
from matrix.badges import write
from matrix.divergences import page
from matrix.errors import ReportError
from matrix.report import load
from matrix.terminal import Place, console_for, show, show_details


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 when it did its work, whatever the report says, and 2 when it could not."""
    chosen = _parser().parse_args(arguments)
    try:
        if chosen.command == "divergences":
            # Whoever makes the page again has a folder of another name.
            here = chosen.report if not chosen.report.is_absolute() else Path(chosen.report.name)
            sys.stdout.buffer.write(page(joined.load(chosen.report), f"python -m matrix divergences {here}").encode())
            return ExitCode.CONFORMS
        report = load(chosen.report)
        if chosen.command == "show":
            (show_details if chosen.details else show)(report, console_for(sys.stdout), Place(chosen.report))
        else:
            for file in write(report, chosen.out or chosen.report.parent / "badges"):
                print(file)
    except ReportError as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"{error.filename or 'standard output'}: {error.strerror}")
    return ExitCode.CONFORMS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m matrix", description="What a run of the conformance harness found.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    showing = commands.add_parser("show", help="print causes, what to mend first, and the matrix of a report")
    making = commands.add_parser("badges", help="write one shields.io endpoint file for each backend of a report")
    telling = commands.add_parser(
        "divergences", help="print a page of Markdown about the requirements that are not kept"
    )
    for command in (showing, making, telling):
        several = ", or a folder that holds one in each of its folders" if command is telling else ""
        command.add_argument("report", type=Path, metavar="REPORT", help=f"the report.json of a run{several}")
    showing.add_argument("--details", action="store_true", help="all that came of each check that did not pass")
    making.add_argument("--out", type=Path, metavar="DIR", help="where to; default: badges/ beside the report")
    return parser


def _refuse(sentence: str) -> int:
    print(f"matrix: {one_line(sentence)}", file=sys.stderr)
    return ExitCode.BAD_USAGE


if __name__ == "__main__":
    sys.exit(main())
