"""Command line beside pytest: `python -m conformance serve`, `replay`, `differential`, `attacks`, `startup`, `stops`,
`configurations`, `client-faults`, `kept`, `variations`, `coming-from-utilmeta` and `lock`."""

from __future__ import annotations

import argparse
import codecs
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from conformance.attacks import campaign, page
from conformance.contract import check, guides, lock, requirement
from conformance.contract.backend import BACKENDS
from conformance.contract.check import SCENARIOS
from conformance.contract.variant import Variant
from conformance.evidence import replay
from conformance.foundation import untrusted_text
from conformance.foundation.exceptions import BadUsage, HarnessError
from conformance.foundation.exit_codes import ExitCode
from conformance.foundation.untrusted_text import printable
from conformance.judging import coming_from, ledger_file
from conformance.judging.ledger import LEDGERS
from conformance.measurements import client_faults, configurations, kept, shutdown_stress, startup
from conformance.measurements.demonstrations import demonstrations
from conformance.target.exchange import authority
from conformance.target.implementation import find
from conformance.target.service import Service
from conformance.target.target import Target
from conformance.trust import variation, variation_page
from conformance.trust.mutant import MUTANTS, discover


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, 1 when the implementation is at fault, 2 for bad usage, 3 when the harness failed."""
    chosen = _parser().parse_args(arguments)
    before = signal.getsignal(signal.SIGTERM)
    try:
        return COMMANDS[chosen.command](chosen)
    except BadUsage as error:
        return _refuse(error, ExitCode.BAD_USAGE)
    except HarnessError as error:
        return _refuse(error, ExitCode.UNVERIFIED)
    except AssertionError as error:
        return _refuse(error, ExitCode.DOES_NOT_CONFORM)
    finally:
        signal.signal(signal.SIGTERM, before)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m conformance", description="The conformance harness, beside pytest.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="run a scenario in the foreground, for curl")
    serve.add_argument("--scenario", default="root", help="a module of conformance/scenarios (default: root)")
    serve.add_argument("--backend", required=True, help=", ".join(BACKENDS))
    serve.add_argument("--mode", help="sync or async (default: the backend's own)")
    serve.add_argument("--implementation", default="reference", metavar="NAME|FILE")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8080)
    serve.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the scenario; repeatable"
    )
    serve.add_argument("--mutant", metavar="NAME", help="load one of conformance/mutants over the implementation")
    replay_parser = commands.add_parser(
        "replay", help="run a failure again from its evidence: 0 fixed, 1 reproduced, 2 the environment differs"
    )
    replay_parser.add_argument("evidence", type=Path, metavar="EVIDENCE", help="a file of evidence/<variant>/")
    replay_parser.add_argument(
        "--case", metavar="NODE", help="only this case of the file (default: those that did not pass)"
    )
    replay_parser.add_argument(
        "--implementation", metavar="NAME|FILE", help="judge this one instead of the one that the evidence names"
    )
    differential_parser = commands.add_parser(
        "differential", help="send the same bytes to all variants, and compare the answers"
    )
    differential_parser.add_argument("--implementation", default="reference", metavar="NAME|FILE")
    differential_parser.add_argument("--examples", type=int, default=300, help="how many (default: 300)")
    differential_parser.add_argument("--seed", type=int, default=1, help="the same examples again (default: 1)")
    differential_parser.add_argument(
        "--pin", action="store_true", help="keep the smallest example of a disagreement, for every later run"
    )
    differential_parser.add_argument(
        "--variant", action="append", default=[], metavar="NAME", help="compare these alone; repeatable, three at least"
    )
    differential_parser.add_argument(
        "--plant", nargs=2, metavar=("MUTANT", "VARIANT"), help="load a mutant on one variant, to see it found"
    )
    attacks_parser = commands.add_parser("attacks", help="attack a service on every variant and server; 1: one works")
    attacks_parser.add_argument("--implementation", default="reference", metavar="NAME|FILE")
    attacks_parser.add_argument("--sample", action="store_true", help="one variant of each server, the cheap attacks")
    for option in ("backend", "mode", "server", "attack"):
        attacks_parser.add_argument(f"--{option}", action="append", default=[], metavar="NAME", help="only; repeatable")
    attacks_parser.add_argument("--page", type=Path, metavar="FILE", help="write the table there, in Markdown")
    startup_parser = commands.add_parser("startup", help="print how soon a forked service answers, on each variant")
    startup_parser.add_argument("--implementation", default="reference", metavar="NAME|FILE")
    startup_parser.add_argument("--times", type=int, default=20, help="services a variant (default: 20)")
    stops_parser = commands.add_parser("stops", help="start and end a service many times, SIGTERM at random moments")
    stops_parser.add_argument("--implementation", default="reference", metavar="NAME|FILE")
    stops_parser.add_argument("--times", type=int, default=50, help="launches a variant (default: 50)")
    stops_parser.add_argument("--seed", type=int, default=1, help="of the moments (default: 1)")
    configurations_parser = commands.add_parser(
        "configurations", help="print what each configuration becomes on each variant"
    )
    configurations_parser.add_argument("--implementation", default="reference", metavar="NAME|FILE")
    faults_parser = commands.add_parser(
        "client-faults", help="print what clients say of faults of a server; 1: libraries differ without a reason"
    )
    faults_parser.add_argument("--implementation", default="reference", metavar="NAME|FILE")
    faults_parser.add_argument("--fault", action="append", default=[], metavar="NAME", help="only this; repeatable")
    kept_parser = commands.add_parser(
        "kept",
        help="print what an implementation keeps by small services of their own, and what of it a report has red",
    )
    kept_parser.add_argument("--implementation", default="reference", metavar="NAME|FILE")
    kept_parser.add_argument("--variant", action="append", default=[], metavar="NAME", help="only this; repeatable")
    kept_parser.add_argument("--report", type=Path, metavar="FILE", help="a report.json to compare with")
    kept_parser.add_argument("--least", type=int, default=95, help="of 100 kept cells so many are green (default: 95)")
    commands.add_parser("variations", help="print the page of what is free at each level")
    commands.add_parser("coming-from-utilmeta", help="print the page for who comes from UtilMeta")
    commands.add_parser("lock", help="say that every check has been read against the contract's present wording")
    return parser


def _lock(chosen: argparse.Namespace) -> int:
    contract, checks = requirement.load(), check.discover()
    broken = check.laws(contract, checks)
    if broken:
        raise HarnessError("Contract and checks disagree:\n" + "\n".join(broken))
    lock.write(contract, checks)
    print(f"{lock.LOCK}: {len(contract)} requirements, {len(checks)} checks")
    return ExitCode.CONFORMS


def _replay(chosen: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, _terminated)
    return replay.replay(chosen.evidence, chosen.case, chosen.implementation, _say)


def _differential(chosen: argparse.Namespace) -> int:
    try:
        from conformance.differential import run
    except ImportError as error:
        raise BadUsage(f"{error}: the differential oracle needs it; pip install -e '.[differential]'") from None
    signal.signal(signal.SIGTERM, _terminated)
    options = run.Options(
        examples=chosen.examples,
        seed=chosen.seed,
        pin=chosen.pin,
        plant=tuple(chosen.plant) if chosen.plant else None,
        variants=tuple(chosen.variant),
    )
    return run.run(find(chosen.implementation), options, _say)


def _attacks(chosen: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, _terminated)
    options = campaign.Options(chosen.sample, chosen.backend, chosen.mode, chosen.server, chosen.attack)
    return page.run(find(chosen.implementation), options, chosen.page, _say)


def _startup(chosen: argparse.Namespace) -> int:
    _say(startup.table(list(startup.measure(find(chosen.implementation), chosen.times))))
    return ExitCode.CONFORMS


def _stops(chosen: argparse.Namespace) -> int:
    found = list(shutdown_stress.measure(find(chosen.implementation), chosen.times, chosen.seed))
    _say(shutdown_stress.table(found))
    return ExitCode.DOES_NOT_CONFORM if any(entry.others for entry in found) else ExitCode.CONFORMS


def _configurations(chosen: argparse.Namespace) -> int:
    _say(configurations.table(dict(configurations.measure(find(chosen.implementation)))))
    return ExitCode.CONFORMS


def _client_faults(chosen: argparse.Namespace) -> int:
    rows = dict(client_faults.measure(find(chosen.implementation), client_faults.chosen(chosen.fault)))
    why = client_faults.reasons()
    _say(client_faults.PAGE.format(client_faults.table(rows, why)))
    wrong = client_faults.unexplained(rows, why)
    for line in wrong:
        print(f"conformance: {line}", file=sys.stderr)
    return ExitCode.DOES_NOT_CONFORM if wrong else ExitCode.CONFORMS


def _kept(chosen: argparse.Namespace) -> int:
    implementation = find(chosen.implementation)
    try:
        named = tuple(Variant.parse(name, implementation.backends) for name in chosen.variant)
    except ValueError as error:
        raise BadUsage(f"--variant: {error}.") from None
    outcomes = kept.outcomes(chosen.report) if chosen.report else {}
    shown = []
    for entry in kept.measure(implementation, named or implementation.variants, demonstrations()):
        shown.append(entry)
        _say(f"{entry.variant} {entry.requirement}: {'kept' if entry.kept else f'not kept, {entry.against}'}")
    _say(f"{sum(entry.kept for entry in shown)} of {len(shown)} cells are kept")
    if not chosen.report:
        return ExitCode.CONFORMS
    red, number = kept.compared(shown, outcomes)
    for entry in red:
        _say(
            f"{entry.requirement} {entry.variant}: kept, and {outcomes[entry.requirement, str(entry.variant)]} in "
            f"{chosen.report}"
        )
    _say(f"{number - len(red)} of {number} kept cells are green in {chosen.report}")
    return ExitCode.DOES_NOT_CONFORM if 100 * len(red) > (100 - chosen.least) * number else ExitCode.CONFORMS


def _variations(chosen: argparse.Namespace) -> int:
    sys.stdout.write(variation_page.page(variation.discover().values()))
    return ExitCode.CONFORMS


def _coming_from_utilmeta(chosen: argparse.Namespace) -> int:
    ledgers = (ledger_file.load(LEDGERS / f"{name}.toml") for name in ("upstream", "upstream-pinned"))
    sys.stdout.write(coming_from.page(requirement.load(), guides.load(), *ledgers))
    return ExitCode.CONFORMS


def _serve(chosen: argparse.Namespace) -> int:
    implementation = find(chosen.implementation)
    backends = implementation.backends
    if chosen.backend not in backends:
        raise BadUsage(f"There is no backend {chosen.backend!r}. The backends are {', '.join(backends)}.")
    mode = chosen.mode or backends[chosen.backend].default_mode.value
    try:
        variant = Variant.parse(f"{chosen.backend}-{mode}", backends)
    except ValueError:
        raise BadUsage(f"There is no mode {mode!r}. The modes are sync and async.") from None
    if not (SCENARIOS / f"{chosen.scenario}.py").is_file():
        known = ", ".join(sorted(file.stem for file in SCENARIOS.glob("*.py")))
        raise BadUsage(f"There is no scenario {chosen.scenario!r}. The scenarios are {known}.")
    settings = {}
    for setting in chosen.set:
        name, equals, value = setting.partition("=")
        if not equals:
            raise BadUsage(f"--set {setting}: a setting reads NAME=VALUE.")
        settings[name] = value
    mutants = discover()
    if chosen.mutant is not None and chosen.mutant not in mutants:
        raise BadUsage(f"There is no mutant {chosen.mutant!r} in {MUTANTS}.")
    files = mutants[chosen.mutant].files if chosen.mutant else ()
    signal.signal(signal.SIGTERM, _terminated)
    try:
        with Target(implementation, variant, mutants=files) as target:
            service = target.serve(chosen.scenario, ready=None, address=(chosen.host, chosen.port), **settings)
            where = f"http://{authority(service.address)}/"
            print(f"{chosen.scenario} on {variant} at {where} (Ctrl-C ends it)", flush=True)
            return _follow(service)
    except KeyboardInterrupt:
        return ExitCode.CONFORMS


def _follow(service: Service) -> int:
    """Show the service's output until it ends."""
    shown, output = 0, b""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while True:
        ended = service.ended_within(0 if output else 0.2)
        output = untrusted_text.part(service.folder / "output.log", shown, 65536)
        print(printable(decoder.decode(output)), end="", flush=True)
        shown += len(output)
        if ended and not output:
            print(f"the service ended with {service.exit_status}", file=sys.stderr)
            return ExitCode.DOES_NOT_CONFORM


def _say(text: str) -> None:
    print(printable(text), flush=True)


def _terminated(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _refuse(error: Exception, code: ExitCode) -> int:
    print(f"conformance: {printable(str(error))}", file=sys.stderr)
    return code


COMMANDS = {
    "serve": _serve,
    "replay": _replay,
    "differential": _differential,
    "attacks": _attacks,
    "startup": _startup,
    "stops": _stops,
    "configurations": _configurations,
    "client-faults": _client_faults,
    "kept": _kept,
    "variations": _variations,
    "coming-from-utilmeta": _coming_from_utilmeta,
    "lock": _lock,
}

if __name__ == "__main__":
    sys.exit(main())
