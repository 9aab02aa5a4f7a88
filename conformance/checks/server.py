"""What in-process servers do to a request before the application has it, as the table of ROUTE-4c says."""

from __future__ import annotations

from collections.abc import Mapping

from conformance.contract.backend import SERVERS
from conformance.contract.requirement import CONTRACT
from conformance.target.service import Service
from conformance.target.target import Target

PARSERS = {"HttpToolsProtocol": "httptools", "H11Protocol": "h11"}  # uvicorn's, as the agent stamps them


def table() -> Mapping[str, Mapping[str, str]]:
    """The table of ROUTE-4c: what is sent -> server -> what becomes of it, in the words of contract/route.md."""
    lines = (CONTRACT / "route.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    (_, *servers), _, *body = rows
    return {sent.strip("`"): dict(zip(servers, cells, strict=True)) for sent, *cells in body}


def _package(service: Service) -> str:
    """Package that the server's class is of."""
    return str(service.facts["server"]).partition(".")[0]


def decodes_chunks(service: Service) -> bool:
    """Whether the in-process server of a service decodes a chunked body; one that does not answers 411 (ROUTE-6)."""
    return SERVERS[_package(service)].decodes_chunks


def name(service: Service) -> str:
    """Name of a service's server in the table of ROUTE-4c."""
    package = _package(service)
    return f"uvicorn {PARSERS[service.facts['http_parser']]}" if package == "uvicorn" else package


def each(target: Target, scenario: str) -> list[Service]:
    """The scenario on the target's server, started with each of uvicorn's parsers where that is uvicorn."""
    service = target.shared(scenario)
    if not name(service).startswith("uvicorn"):
        return [service]
    return [target.shared(scenario, options={"http": parser}) for parser in PARSERS.values()]
