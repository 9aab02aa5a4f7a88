"""Reruns of cases in a fresh pytest process, which starts target and services anew."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from conformance.contract.check import CHECKS
from conformance.evidence import records
from conformance.evidence.records import Record
from conformance.foundation.deadline import Deadline
from conformance.foundation.exceptions import BadUsage, HarnessError
from conformance.foundation.exit_codes import ExitCode
from conformance.judging.verdict import Outcome

PROJECT = Path(__file__).parents[2]
# As the command `pytest`, not `python -m pytest`: that one would run a pytest.py of the working directory.
PYTEST = "import sys; sys.path[:] = filter(None, sys.path); import pytest; sys.exit(pytest.console_main())"
SECONDS = 180.0  # for one pytest
FIRST = 20  # failures that a run replays
SECONDS_IN_ALL = 300.0  # for all of them


def rerun(
    nodes: Sequence[str], implementation: str, arguments: Sequence[str], seconds: float = SECONDS
) -> dict[str, Record]:
    """Run the cases again and return the outcome of each, by node id; `arguments` are further pytest options, such as
    the seed.

    Raises HarnessError when one of them left no evidence, BadUsage when pytest was told nonsense.
    """
    with tempfile.TemporaryDirectory(prefix="conformance-again-") as folder:
        options = ["-p", "conformance.plugin.hooks", "-p", "no:cacheprovider", "-n", "0", "-q"]
        command = [sys.executable, "-c", PYTEST, *options]
        # As one word each: pytest takes a word that is a path for one to look for its root directory from.
        command += [f"--implementation={implementation}", f"--evidence={folder}", "--replays=0"]
        command += [f"--report={folder}/report.json", *arguments]
        code, output = run_pytest([*command, *(str(CHECKS / node) for node in nodes)], seconds)
        found = {record.node: record for file in Path(folder).glob("*/*.jsonl") for record in records.read(file)}
    missing = [node for node in nodes if node not in found]
    if missing:
        fault = BadUsage if code == ExitCode.BAD_USAGE else HarnessError
        raise fault(f"{missing[0]} was run again and left no evidence. The end of pytest's output:\n{output[-2000:]}")
    return {node: found[node] for node in nodes}


def run_pytest(command: Sequence[str], seconds: float) -> tuple[int, str]:
    """Run a command with PYTEST in it; return its exit code and output. Raises HarnessError after `seconds`."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    variables["PYTHONPATH"] = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
    with subprocess.Popen(
        command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise HarnessError(f"What was run again has not ended within {seconds:g} s.") from None
        finally:
            _end(process)
    return process.returncode, output


def _end(process: subprocess.Popen[str]) -> None:
    """Let it unwind, which ends its services; kill it if it does not."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


def replayed(nodes: Sequence[str], times: int, again: Callable[[str, float], Mapping[str, Record]]) -> dict[str, str]:
    """Return how often each failure came again of `times`: `3/3`, or `flaky 1/3` when not every time.

    `again` runs one node within that many seconds. The FIRST nodes are replayed, and no longer than SECONDS_IN_ALL; the
    label of the others says that they are not.
    """
    until = Deadline.after(SECONDS_IN_ALL)
    return {
        node: _label(node, times, again, until) if place < FIRST else f"not replayed: the first {FIRST} failures are"
        for place, node in enumerate(nodes)
    }


def _label(node: str, times: int, again: Callable[[str, float], Mapping[str, Record]], until: Deadline) -> str:
    outcomes = []
    doubt = f"{SECONDS_IN_ALL:g} s for all replays were over"
    for _ in range(times):
        if until.passed:
            break
        try:
            record = again(node, min(SECONDS, until.left))[node]
        except HarnessError as error:
            doubt = str(error).splitlines()[0]
            continue
        if record.outcome == Outcome.UNVERIFIED.value:
            doubt = record.reason.partition("\n")[0]
        else:
            outcomes.append(record.outcome)
    failed = outcomes.count(Outcome.FAILED.value)
    if not outcomes:
        return f"not replayed: {doubt}"
    return f"{failed}/{len(outcomes)}" if failed == len(outcomes) else f"flaky {failed}/{len(outcomes)}"
