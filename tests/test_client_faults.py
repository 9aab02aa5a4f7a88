"""The table of what a Client says of faults of a server, and the reasons in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.__main__ import main
from conformance.contract.client_library import CLIENT_LIBRARIES
from conformance.foundation.exceptions import BadUsage, HarnessError
from conformance.measurements import client_faults
from conformance.measurements.client_faults import FAULTS, SECONDS, cell, chosen, reasons, table, unexplained, when

PAGE = Path(__file__).parents[1] / "docs" / "client-faults.md"
LIBRARIES = [str(library) for library in CLIENT_LIBRARIES]


def test_the_command_prints_a_row_for_each_fault_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    names = ["refuses", "short-body", "redirect-away", "kept-closed"]
    assert main(["client-faults", *(part for name in names for part in ("--fault", name))]) == 0
    shown = capsys.readouterr().out
    rows = [line for line in shown.splitlines() if line.startswith("|")][2:]
    assert rows == [line for line in PAGE.read_text().splitlines() if line in rows]
    assert len(rows) == len(names)
    assert shown.startswith(PAGE.read_text().partition("| ")[0])


def test_the_page_has_all_faults_and_no_other() -> None:
    shown = {line.split(" | ")[0].removeprefix("| ") for line in PAGE.read_text().splitlines() if line[:2] == "| "}
    assert shown - {"the server"} == {fault.words for fault in FAULTS}
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 18


def test_a_fault_that_there_is_not_is_refused() -> None:
    with pytest.raises(BadUsage, match=r"'sleeps'.*refuses"):
        chosen(["sleeps"])


def test_a_row_that_differs_needs_a_reason_and_no_other_row_has_one(tmp_path: Path) -> None:
    first, second, third = FAULTS[:3]
    same = dict.fromkeys(LIBRARIES, "503 Aborted")
    rows = {first: same, second: {**same, "aiohttp-async": "200"}, third: {**same, "urllib-sync": "200"}}
    why = {first.name: "none", second.name: "It is so."}
    assert unexplained(rows, why) == [
        f"{third.name}: its cells differ, and no reason is given",
        f"{first.name}: a reason is given, and its cells are the same",
    ]
    shown = table(rows, why).splitlines()[2:]
    assert shown[:3] == [
        f"| {first.words} | 503 Aborted | each |  |",
        f"| {second.words} | 503 Aborted | urllib-sync, requests-sync, httpx-sync, httpx-async | It is so. |",
        f"| {second.words} | 200 | aiohttp-async | It is so. |",
    ]
    file = tmp_path / "reasons.toml"
    file.write_text('sleeps = "It is tired."')
    with pytest.raises(HarnessError, match="sleeps"):
        reasons(file)
    assert set(reasons()) <= {fault.name for fault in FAULTS}


def test_a_cell_says_status_error_requests_and_when() -> None:
    error = {"types": ["utilmeta.core.cli.error.TimedOut", "builtins.TimeoutError"]}
    assert cell({"status": 200, "error": None, "seconds": 0.1}, 1) == "200, 1 request, at once"
    assert cell({"status": 504, "error": error, "seconds": SECONDS}, 0) == "504 TimedOut, no request, at the deadline"
    assert cell({"raised": error, "seconds": 3 * SECONDS}, 2) == "raises TimedOut, 2 requests, late"
    assert [when(SECONDS * part) for part in (0, 0.79, 0.8, 1.9, 2)] == [
        *["at once"] * 2,
        *["at the deadline"] * 2,
        "late",
    ]


def test_faults_are_those_of_the_page() -> None:
    assert client_faults.PAGE.format("").strip() in PAGE.read_text()
