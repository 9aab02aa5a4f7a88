"""Context of a run: contract, checks, implementation, selection, ledger and seed, all read before the first check."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.contract import check as checks_module
from conformance.contract import lock
from conformance.contract.check import Binding, Check, binding_of
from conformance.contract.node_id import NodeId
from conformance.contract.requirement import Contract, Level, load
from conformance.contract.variant import Variant
from conformance.foundation import seeded_random
from conformance.foundation.exceptions import BadUsage, HarnessError
from conformance.foundation.requirement_ids import sort_key
from conformance.judging import ledger, ledger_file
from conformance.judging.judgement import Scope, applicable
from conformance.judging.ledger import Ledger
from conformance.judging.selection import Selection, server_options
from conformance.plugin.workspace import Workspace
from conformance.target.implementation import Implementation, find
from conformance.trust import mutant, variation
from conformance.trust.mutant import Change, Mutant, Pairing
from conformance.trust.variation import Combination, Shard, Variation

REPORTS = Path("reports")
PART = "part"
"""Folder of the report of a run that leaves something out, so that the report of the last whole run stays."""
SEED = "conformance-seed"  # of a worker's input
WORKSPACE = "conformance-workspace"  # of a worker's input too
PROGRESS = "conformance-progress"  # name of a plugin
PROPERTY = "conformance"  # of a test report: what `worker` sends to `controller`
TRIAL = "trial"  # of a test report: what a check did to a mutant

run_key = pytest.StashKey["Run"]()


class Run:
    """Context of one run, read from the options of pytest; raises BadUsage, HarnessError and ContractError."""

    def __init__(self, config: pytest.Config) -> None:
        self.contract: Contract = load()
        self.checks: list[Check] = checks_module.discover()
        known, free = mutant.discover(), variation.discover()
        broken = [
            *checks_module.laws(self.contract, self.checks),
            *mutant.laws(self.contract, self.checks, known),
            *variation.laws(self.contract, free.values()),
        ]
        if broken:
            raise HarnessError("Contract, checks, mutants and variations disagree:\n" + "\n".join(broken))
        self.implementation: Implementation = find(config.getoption("implementation"))
        self.selection = Selection.of(config, self.implementation, self.contract)
        self.selected = self.selection.requirement_ids(self.contract)
        self.scope = Scope(
            self.selection.variants(self.implementation),
            self.selection.offered_ids(self.contract, self.implementation),
            bool(self.selection.checks),
        )
        if not applicable(self.contract, self.scope):
            asked = ", ".join(sorted(self.selected, key=sort_key)) or f"level {self.selection.level}"
            on = ", ".join(map(str, self.scope.variants))
            absent = ", ".join(self.implementation.features_not_offered)
            why = f" without {absent}, which {self.implementation.name} does not offer" if absent else ""
            raise BadUsage(f"Nothing to judge: none of {asked} applies to {on}{why}.")
        self.server_options = server_options(config.getoption("server_option"), self.scope.variants)
        self.controlled = {check.name: check for check in self.checks if check.exemption is None}
        told = getattr(config, "workerinput", {})  # of an xdist worker
        given = told.get(SEED, config.getoption("seed"))
        self.seed: int = seeded_random.fresh() if given is None else given
        seeded_random.begin(self.seed)
        folder = REPORTS / self.implementation.name / (PART if self.selection.partial else "")
        self.report = Path(config.getoption("report") or folder / "report.json").absolute()
        self.workspace = (
            Workspace(self.report, Path(told[WORKSPACE])) if WORKSPACE in told else Workspace.beside(self.report)
        )
        own = config.getoption("evidence")
        self.evidence = Path(own or self.report.with_name("evidence")).absolute()
        self.recording = self.evidence if own else self.workspace.evidence
        default = 0 if self.scope.narrowed else self.implementation.replays
        chosen = config.getoption("replays")
        self.replays: int = default if chosen is None else chosen
        self.stale = lock.stale(self.contract, self.checks)
        self.bound = {check.name: check.binding.requirements for check in self.checks if check.binding is not None}
        self.writes_ledger: bool = config.getoption("write_ledger")
        self.ledger = self._ledger()
        self.mutants: dict[str, Mutant] = {}
        self.variations: dict[str, Variation] = {}
        self.combinations: list[Combination] = []
        self.pairings: dict[str, list[Pairing]] = {}
        self._free = free
        if config.getoption("mutants"):
            self._mutate(known, config.getoption("mutant"), config.getoption("full"))
        elif config.getoption("mutant") or config.getoption("full"):
            raise BadUsage("--mutant and --full choose among what --mutants runs: give that too.")
        if config.getoption("variations"):
            self._vary(free, config.getoption("variation"), config.getoption("shard"), config.getoption("seed") or 0)
        elif config.getoption("variation") or config.getoption("shard"):
            raise BadUsage("--variation and --shard choose among what --variations runs: give that too.")

    def _require_changeable(self, option: str) -> None:
        """Raise BadUsage for another implementation, and for a variant, as mutants and variations say theirs."""
        if self.implementation.name != mutant.BROKEN:
            raise BadUsage(f"{option} changes the implementation {mutant.BROKEN}, not {self.implementation.name}.")
        if self.selection.backends or self.selection.modes:
            raise BadUsage(f"{option}: each module says itself on which variants; leave --backend and --mode out.")

    def _vary(self, known: dict[str, Variation], names: list[str], shard: str | None, seed: int) -> None:
        self._require_changeable("--variations")
        if self.mutants:
            raise BadUsage("Give either --mutants or --variations.")
        if names and shard:
            raise BadUsage("Give either --variation or --shard.")
        for name in names:
            if name not in known:
                raise BadUsage(f"There is no variation {name!r} in {variation.VARIATIONS}.")
        self.variations = {name: known[name] for name in names} if names else known
        self.combinations = variation.combinations(known.values(), seed)
        checks = [check for check in self.checks if check.binding and self.asks_for(check.binding)]
        if names:
            self.pairings = variation.single_pairings(self.contract, checks, self.combinations, names)
        else:
            self.pairings = variation.pairings(self.contract, checks, self.combinations, _shard(shard))

    @property
    def changes(self) -> bool:
        """Whether the run is about changes of the reference, mutants or variations, and not about an implementation."""
        return bool(self.mutants or self.variations)

    def freedoms(self, variant: Variant) -> Combination:
        """The variations that the implementation's file asks for (`variations`), as this run's seed draws them."""
        level = self.implementation.variations
        known = self._free.values() if level else ()
        return variation.drawn(known, level or Level.PAGE, variant, self.seed)

    def _mutate(self, known: dict[str, Mutant], names: list[str], full: bool) -> None:
        self._require_changeable("--mutants")
        for name in names:
            if name not in known:
                raise BadUsage(f"There is no mutant {name!r} in {mutant.MUTANTS}.")
        self.mutants = {name: known[name] for name in names} if names else known
        checks = [check for check in self.checks if check.binding and self.asks_for(check.binding)]
        self.pairings = mutant.pairings(self.contract, checks, self.mutants.values(), full)

    def asks_for(self, binding: Binding) -> bool:
        """Whether a check with this binding verifies any of the selected requirements."""
        return bool(self.scope.requirements & set(binding.requirements))

    def _ledger(self) -> Ledger:
        """Load the implementation's ledger; raises BadUsage for a wrong entry, unless the run rewrites the ledger."""
        found = ledger_file.load(ledger.path_of(self.implementation))
        if self.writes_ledger and self.scope.narrowed:
            raise BadUsage(
                "--write-ledger writes what a run finds, and this one leaves checks out: choose by --backend, --mode "
                "and --requirement instead of -k or a node id."
            )
        broken = ledger.laws(found, self.contract, self.bound, self.implementation)
        if broken and not self.writes_ledger:
            raise BadUsage("\n".join([*(sentence for _, sentence in broken), f"Mend it by hand, or {ledger.CURE}."]))
        return found

    @property
    def again(self) -> list[str]:
        """Return the arguments of pytest that make another run draw the same values and start the same kinds of
        servers."""
        options = [f"--server-option={name}={value}" for name, value in self.server_options.items()]
        return [f"--seed={self.seed}", *options]

    def chosen(self, item: pytest.Item) -> bool:
        """Whether a test item is a check, on a variant, that the options select."""
        binding = binding_of(getattr(item, "function", None))
        if self.changes:
            return binding is not None and bool(self.pairings.get(place_of(node_of(item))[0]))
        variant = variant_of(item)
        return binding is not None and variant in self.scope.variants and self.asks_for(binding)


def _shard(given: str | None) -> Shard:
    try:
        return Shard.parse(given) if given else variation.WHOLE
    except ValueError as error:
        raise BadUsage(f"--shard: {error}.") from None


def is_check(item: object) -> bool:
    """Whether a test item is a check; the hooks of the plugin leave all other tests of a session alone."""
    return binding_of(getattr(item, "function", None)) is not None


def node_of(item: pytest.Item) -> str:
    """Return an item's node id relative to its folder, whatever pytest's root directory is."""
    return f"{item.path.name}::{item.name}"


def place_of(node: str) -> tuple[str, str]:
    """Return the check of a node id that `node_of` made, `test_route.py::test_x`, and its case, which may be empty."""
    parts = NodeId.parse(node)
    assert parts is not None, node
    return parts.check, parts.case


def variant_of(item: pytest.Item) -> Variant | None:
    """Return the variant that a test item judges, None for an item that is no check."""
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("variant") if callspec else None


def mutant_of(item: pytest.Item) -> Change | None:
    """Return the mutant, or the variations, that a test item runs with, None where there is none."""
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("mutant") if callspec else None
