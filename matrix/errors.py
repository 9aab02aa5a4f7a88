"""Errors of report files: every way in which a report can be wrong."""

from __future__ import annotations

from pathlib import Path


class ReportError(Exception):
    """Base of the errors of a report; `path` is its file, None for a report that comes from none."""

    path: Path | None = None

    def __str__(self) -> str:
        sentence = super().__str__()
        return sentence if self.path is None else f"{self.path}: {sentence}"


class NoSuchReport(ReportError):
    """The report's file does not exist."""

    def __init__(self) -> None:
        super().__init__("there is no such file; a run of the harness (nox -s conformance) writes it")


class UnreadableReport(ReportError):
    """The operating system does not read the file (a folder, no permission)."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"the file cannot be read: {cause}")


class NotJSON(ReportError):
    """The file is not JSON, for example half of a report."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"this is not JSON: {cause}")


class UnknownSchema(ReportError):
    """The report's format has a number that this version does not know."""

    def __init__(self, number: int, known: int) -> None:
        super().__init__(f"its schema is number {number}, and this version of matrix reads number {known} only")


class NoFooter(ReportError):
    """The report has no footer, because its run did not finish."""

    def __init__(self) -> None:
        super().__init__("it has no footer: the run that wrote it did not finish, so it proves nothing; run it again")


class SchemaMismatch(ReportError):
    """A member of the report, `member` (`verdicts[3].mode`), does not match matrix/report.schema.json."""

    def __init__(self, member: str, cause: str) -> None:
        super().__init__(f"it does not match the schema of reports at {member}: {cause}")
        self.member = member


class FooterDisagrees(ReportError):
    """The counts or the exit code in the footer are not those of the verdicts."""

    def __init__(self, member: str, footer: object, verdicts: object) -> None:
        super().__init__(
            f"its footer disagrees with its verdicts: {member} is {footer} in the footer and {verdicts} by the "
            "verdicts, so one of them was edited or lost; run it again"
        )


class TwoVerdicts(ReportError):
    """The report holds two verdicts for one cell."""

    def __init__(self, requirement: str, variant: str) -> None:
        super().__init__(f"it holds two verdicts for {requirement} on {variant}; a cell has one")


class NotOfOneKind(ReportError):
    """Reports that are to be joined differ in what all of them have to be of."""

    def __init__(self, member: str, first: object, other: object) -> None:
        super().__init__(f"its reports cannot be joined, their {member} differs: {first} and {other}")


class Undescribed(ReportError):
    """A verdict is about a requirement or a variant that the header does not list."""

    def __init__(self, requirement: str, variant: str, member: str) -> None:
        super().__init__(
            f"it holds a verdict for {requirement} on {variant}, which its header does not list in {member}"
        )
