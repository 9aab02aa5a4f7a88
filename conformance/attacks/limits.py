"""Limits that servers document and leave to those who deploy them; each excuses the open cells that it explains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conformance.attacks.judgement import Finding


@dataclass(frozen=True)
class Limit:
    """Statement of a server about itself, in our words, with a link; it excuses these harms of `judgement.py`. A limit
    that shows ``sometimes`` is a race."""

    words: str
    link: str
    harms: tuple[str, ...] = ("reached",)
    sometimes: bool = False

    def excuses(self, finding: Finding) -> bool:
        """Whether every harm of the finding is one that the limit excuses."""
        return finding.works and set(finding.harms) <= set(self.harms)


BEHIND_A_PROXY = Limit(
    "Clients that send slowly hold one of its few threads each: it is to stand behind a proxy that buffers requests.",
    "https://gunicorn.org/deploy",
    ("silent",),
)
THREADS = Limit(
    "It serves as many requests at once as it has threads, and a plain function keeps its thread to its end.",
    "https://gunicorn.org/reference/settings/#threads",
    ("silent",),
)
GUNICORN_STOP = Limit(
    "A stop waits for open connections for its own `--graceful-timeout`, 30 s unless given.",
    "https://gunicorn.org/reference/settings/#graceful_timeout",
    ("late",),
    sometimes=True,
)
UVICORN_STOP = Limit(
    "A stop waits for open connections without end unless `--timeout-graceful-shutdown` is given.",
    "https://uvicorn.dev/settings/#timeouts",
    ("late",),
)
GRANIAN_STOP = Limit(
    "A stop waits for open connections without end unless `--workers-kill-timeout` is given.",
    "https://github.com/emmett-framework/granian#options",
    ("late",),
)
HTTPTOOLS_HEAD = Limit(
    "Heads are limited in size with h11 alone (`--h11-max-incomplete-event-size`): here a proxy has to do it.",
    "https://uvicorn.dev/settings/",
    ("swallowed", "grown"),
)
BOTH_LENGTHS = Limit(
    "h11 lets Transfer-Encoding win over Content-Length, and keeps the connection.",
    "https://github.com/python-hyper/h11/blob/master/h11/_connection.py",
)
FOLDED = Limit(
    "h11 reads a folded field as one line, as RFC 9112 allows a server to do.",
    "https://www.rfc-editor.org/rfc/rfc9112#section-5.2",
)
LINE_FEED = Limit(
    "A line feed alone ends a line of a head, as RFC 9112 allows a server to read it.",
    "https://www.rfc-editor.org/rfc/rfc9112#section-2.2",
)
H11_CHUNKS = Limit(
    "h11 ignores blanks after the size of a chunk, which some servers send.",
    "https://github.com/python-hyper/h11/blob/master/h11/_abnf.py",
)
HYPER_CHUNKS = Limit(
    "hyper ignores blanks after the size of a chunk.",
    "https://github.com/hyperium/hyper/blob/master/src/proto/h1/decode.rs",
)
HYPER_CODINGS = Limit(
    "hyper takes a body as chunked where that is the last coding, whatever stands before it.",
    "https://github.com/hyperium/hyper/blob/master/src/headers.rs",
)
ASYNCIO_ACCEPT = Limit(
    "asyncio's loop tries to accept anew for each connection that waits, and logs each, where no descriptor is left.",
    "https://github.com/python/cpython/issues/151615",
    ("silent", "verbose", "costly"),
)
ASGI_TARGET = Limit(
    "An ASGI server hands over the path of a target and not its authority: a proxy has to set Host.",
    "https://asgi.readthedocs.io/en/latest/specs/www.html#http-connection-scope",
)
WSGI_TARGET = Limit(
    "A WSGI server hands over the path of a target and not its authority: a proxy has to set Host.",
    "https://peps.python.org/pep-3333/#environ-variables",
)

_OF_SERVERS: Mapping[tuple[str, ...], Mapping[str, Limit]] = {
    ("gunicorn gthread", "gunicorn sync"): {
        "busy threads": THREADS,
        "slow heads": BEHIND_A_PROXY,
        "slow bodies": BEHIND_A_PROXY,
        "idle connections": BEHIND_A_PROXY,
    },
    ("gunicorn gthread", "gunicorn sync", "gunicorn gevent", "gunicorn uvicorn"): {
        "cut requests, then a stop": GUNICORN_STOP,
    },
    ("uvicorn h11", "uvicorn httptools"): {"cut requests, then a stop": UVICORN_STOP},
    ("granian wsgi", "granian asgi"): {
        "cut requests, then a stop": GRANIAN_STOP,
        "a length and chunked": HYPER_CODINGS,
        "bare line feeds": LINE_FEED,
        "bad chunks": HYPER_CHUNKS,
    },
    ("uvicorn h11", "hypercorn"): {
        "a length and chunked": BOTH_LENGTHS,
        "folded fields": FOLDED,
        "bare line feeds": LINE_FEED,
        "bad chunks": H11_CHUNKS,
    },
    ("uvicorn httptools", "gunicorn uvicorn"): {"an endless head": HTTPTOOLS_HEAD},
    ("run() tornado",): {"bare line feeds": LINE_FEED},
    ("hypercorn",): {"no descriptors left": ASYNCIO_ACCEPT},
    ("uvicorn httptools", "gunicorn uvicorn", "granian asgi", "run() uvicorn"): {
        "another host in the absolute form": ASGI_TARGET,
    },
    ("granian wsgi",): {"another host in the absolute form": WSGI_TARGET},
}


def _each() -> Iterator[tuple[tuple[str, str], Limit]]:
    for servers, limits in _OF_SERVERS.items():
        for server in servers:
            for attack, limit in limits.items():
                yield (server, attack), limit


# By the name of the server in the table (`Deployment.served_by`) and that of the attack.
LIMITS: Mapping[tuple[str, str], Limit] = dict(_each())
