"""What can be wrong with a report, each a sentence of the domain."""

from __future__ import annotations

from pathlib import Path


class ReportError(Exception):
    """A report that proves nothing. `path` is the file it came from, where it came from one."""

    path: Path | None = None

    def __str__(self) -> str:
        sentence = super().__str__()
        return sentence if self.path is None else f"{self.path}: {sentence}"


class NoSuchReport(ReportError):
    """No file is where the report should be."""

    def __init__(self) -> None:
        super().__init__("there is no such file; a run of the harness (nox -s conformance) writes it")


class UnreadableReport(ReportError):
    """The operating system refuses to hand out the file (a folder, no permission)."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"the file cannot be read: {cause}")


class NotJSON(ReportError):
    """The file holds something other than JSON, for example half of a report."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"this is not JSON: {cause}")


class UnknownSchema(ReportError):
    """The report says it is written in a format that this version does not know."""

    def __init__(self, number: int, known: int) -> None:
        super().__init__(f"its schema is number {number}, and this version of matrix reads number {known} only")


class NoFooter(ReportError):
    """The report ends before its footer."""

    def __init__(self) -> None:
        super().__init__("it has no footer: the run that wrote it did not finish, so it proves nothing; run it again")


class SchemaMismatch(ReportError):
    """A member of the report is not as matrix/report.schema.json wants it; `member` is where, `verdicts[3].mode`."""

    def __init__(self, member: str, cause: str) -> None:
        super().__init__(f"it does not match the schema of reports at {member}: {cause}")
        self.member = member


class FooterDisagrees(ReportError):
    """The footer counts other verdicts than there are."""

    def __init__(self, member: str, footer: object, verdicts: object) -> None:
        super().__init__(
            f"its footer disagrees with its verdicts: {member} is {footer} in the footer and {verdicts} by the "
            "verdicts, so one of them was edited or lost; run it again"
        )


class TwoVerdicts(ReportError):
    """One cell is judged twice."""

    def __init__(self, requirement: str, variant: str) -> None:
        super().__init__(f"it holds two verdicts for {requirement} on {variant}; a cell has one")


class Undescribed(ReportError):
    """A verdict is about a requirement or a variant that the header does not describe."""

    def __init__(self, requirement: str, variant: str, member: str) -> None:
        super().__init__(
            f"it holds a verdict for {requirement} on {variant}, which its header does not list in {member}"
        )
