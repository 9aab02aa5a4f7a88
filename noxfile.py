"""Sessions of nox, each in an environment of its own; `nox -l` lists them, `nox` runs `conformance`."""

import os

import nox

# Where it is set, every process of every run would compile and rewrite all checks anew: a second of CPU each.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

nox.options.sessions = ["conformance"]
nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = True
nox.needs_version = ">=2025.2"

PROJECT = nox.project.load_toml("pyproject.toml")
WORKERS = str((os.cpu_count() or 1) + 1)  # much of a check, and of a test, is waiting for a service to start or to end

# Seconds that a command has to end its services after Ctrl-C, and then after SIGTERM, before nox kills it.
SHUTDOWN_TIMEOUTS = {"interrupt_timeout": 60.0, "terminate_timeout": 30.0}


def group(name: str) -> list[str]:
    """Return the requirements of a dependency group in pyproject.toml."""
    return nox.project.dependency_groups(PROJECT, name)


@nox.session
def conformance(session: nox.Session) -> None:
    """Judge an implementation on its variants; arguments go to pytest (`-- --backend flask --requirement HOOK`)."""
    session.install("-e", ".")
    session.run("pytest", "conformance", "-n", WORKERS, "-q", *session.posargs, **SHUTDOWN_TIMEOUTS)


@nox.session
def matrix(session: nox.Session) -> None:
    """Print a report again, or make badges or a page of it (`-- show reports/reference/report.json --details`)."""
    session.install("-e", ".")
    session.run("python", "-m", "matrix", *session.posargs)


@nox.session
@nox.parametrize("name", ["upstream", "upstream-pinned"], ids=["newest", "pinned"])
def upstream(session: nox.Session, name: str) -> None:
    """Judge the published package variant by variant (`-- flask-sync`: this one); write its ledger and its page."""
    session.install("-e", ".")
    reports = f"reports/{name}-variants"  # a folder for each variant: what is interrupted keeps those before it
    for variant in session.posargs or nox.project.load_toml(f"conformance/implementations/{name}.toml")["variants"]:
        backend, _, mode = variant.partition("-")
        session.run(
            *("pytest", "conformance", "--implementation", name, "--backend", backend, "--mode", mode),
            *("--write-ledger", "--report", f"{reports}/{variant}/report.json", "-n", WORKERS, "-q"),
            success_codes=[0, 1, 3],  # the page says what diverges, and what is unverified
            **SHUTDOWN_TIMEOUTS,
        )
    with open(f"docs/{name}.md", "w", encoding="utf-8") as page:
        session.run("python", "-m", "matrix", "divergences", reports, stdout=page)


@nox.session
def mutants(session: nox.Session) -> None:
    """Run each check on the mutants that it has to fail on, or (`-- --full`) every check on every mutant."""
    session.install("-e", ".")
    session.run("pytest", "conformance", "--mutants", "-n", WORKERS, "-q", *session.posargs, **SHUTDOWN_TIMEOUTS)


@nox.session
def variations(session: nox.Session) -> None:
    """Run every check on the reference with what its requirement leaves free (`-- --variation NAME`: one of these)."""
    session.install("-e", ".")
    session.run("pytest", "conformance", "--variations", "-n", WORKERS, "-q", *session.posargs, **SHUTDOWN_TIMEOUTS)


@nox.session
def differential(session: nox.Session) -> None:
    """Send the same bytes to all variants and compare the responses (`-- --examples 5000`, `--seed`, `--pin`)."""
    session.install("-e", ".[differential]")
    session.run("python", "-m", "conformance", "differential", *session.posargs, **SHUTDOWN_TIMEOUTS)


@nox.session
def attacks(session: nox.Session) -> None:
    """Attack a service on every variant and server, in minutes (`-- --sample`: seconds; `--page docs/attacks.md`)."""
    session.install("-e", ".")
    session.run("python", "-m", "conformance", "attacks", *session.posargs, **SHUTDOWN_TIMEOUTS)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests of the harness, the matrix and the load tests, then those of the reference (`reference`)."""
    session.install("-e", ".[tests]")
    session.run("pytest", "tests", "-n", WORKERS, "-q", *session.posargs, **SHUTDOWN_TIMEOUTS)
    session.notify("reference")


@nox.session
def everything(session: nox.Session) -> None:
    """Run `pytest -n auto` at the root: the harness's tests and the conformance run, in one session of pytest."""
    session.install("-e", ".[tests]")
    session.run("pytest", "-n", "auto", *session.posargs, **SHUTDOWN_TIMEOUTS)


@nox.session
def reference(session: nox.Session) -> None:
    """Run the tests of the reference, in another environment, as the harness shares none with an implementation."""
    session.install("-e", "reference[all]", "django-ninja", "pytest", "pytest-xdist", "gevent", "trustme", "httpx")
    session.run("pytest", "reference/tests", "-n", "auto", "-q", *session.posargs, **SHUTDOWN_TIMEOUTS)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and format with ruff."""
    session.install(*group("lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types strictly: of the harness, of the reference, and of the examples against the installed reference."""
    session.install("-e", ".[loadtests,differential]", "-e", "reference[all]", *group("types"))
    session.run("mypy", "conformance", "matrix", "loadtests", "tests")
    with session.chdir("reference"):
        session.run("mypy")
    for example in sorted(os.listdir("examples")):  # each is a project of its own
        with session.chdir(f"examples/{example}"):
            session.run("mypy", "--strict", ".")
    session.run("basedpyright", "--pythonpath", f"{session.bin}/python")
    page = session.create_tmp()
    session.run("python", "reference/tests/guide_page.py", page)
    session.run("mypy", "--strict", f"{page}/page.py")
    session.run("basedpyright", "--pythonpath", f"{session.bin}/python", f"{page}/page.py")


@nox.session
def loadtests(session: nox.Session) -> None:
    """Load a variant of the reference, flask unless `-- --backend` says otherwise; arguments go to locust."""
    session.install("-e", ".[loadtests]")
    session.run(
        "locust", "-f", "loadtests", "--headless", "-u", "20", "-t", "10s", *session.posargs, **SHUTDOWN_TIMEOUTS
    )
