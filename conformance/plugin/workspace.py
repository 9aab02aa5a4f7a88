"""Folder of one run, beside its report: what the run writes lies there until it has ended, and is moved then.

So a run that is interrupted leaves the report of the last one alone, and two runs at once do not mix: the report that
stands there is that of the run that ended last, with its own evidence and details.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import psutil

from conformance.evidence import records
from conformance.foundation.locking import locked, user_folder
from matrix import details

EVIDENCE = "evidence"
_PREFIX = ".run-"
_SECONDS = 60.0  # for another run to move its files


class Workspace:
    """Folder `.run-PID` beside a report, of the process that the user started."""

    def __init__(self, report: Path, folder: Path) -> None:
        self.report = report
        self.folder = folder

    @classmethod
    def beside(cls, report: Path) -> Workspace:
        """Return the workspace of this process for a report."""
        return cls(report, report.parent / f"{_PREFIX}{os.getpid()}")

    @property
    def evidence(self) -> Path:
        """Folder that evidence is written to while the run lasts."""
        return self.folder / EVIDENCE

    @property
    def details(self) -> Path:
        """Folder that details are written to."""
        return self.folder / details.FOLDER

    def begin(self) -> None:
        """Make the folder, and remove those of runs that were killed."""
        for left in self.folder.parent.glob(f"{_PREFIX}*"):
            number = left.name.removeprefix(_PREFIX)
            if number.isdecimal() and (left == self.folder or not psutil.pid_exists(int(number))):
                shutil.rmtree(left, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def publish(self) -> None:
        """Move evidence, details and report to where they are looked for, in place of those of the last run.

        Of the folders there only files that a run has written are replaced. Raises LockHeld where another run does not
        finish to do the same.
        """
        parent = self.report.parent
        name = hashlib.sha256(str(self.report.resolve()).encode()).hexdigest()[:16]
        with locked(user_folder() / f"report-{name}.lock", _SECONDS):
            if self.evidence.is_dir():
                records.clear(parent / EVIDENCE)
            details.clear(parent / details.FOLDER)
            for folder in (self.evidence, self.details):
                for file in sorted(folder.rglob("*")):
                    if file.is_file():
                        place = parent / file.relative_to(self.folder)
                        place.parent.mkdir(parents=True, exist_ok=True)
                        file.replace(place)
            (self.folder / self.report.name).replace(self.report)

    def discard(self) -> None:
        """Remove the folder with all that was not moved."""
        shutil.rmtree(self.folder, ignore_errors=True)
