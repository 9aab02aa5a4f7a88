"""Texts of failures: the same in every run and on every machine."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from conformance.judging.normalisation import Mask, below, normalise

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{'event': 'begins', 'pid': 483}", "{'event': 'begins', 'pid': *}"),
        ("(pid:483) pid=48, pid 7, Pid: [12]", "(pid:*) pid=*, pid *, Pid: [*]"),
        ("slow: 12 ms and 7us, 3 s", "slow: * ms and *us, 3 s"),
        ("No answer within 10 s, or within 2.5 s", "No answer within * s, or within * s"),
        ("at 0x1f3a2 and 0x7f3a12cd8e10", "at 0x* and 0x*"),
        ("app.cpython-311.pyc, reference-py311", "app.cpython-*.pyc, reference-py*"),
        ("Python 3.11.7", "Python *.*.*"),
        ("already registered: [PUT,GET,POST]", "already registered: [GET,POST,PUT]"),
        (f"{tempfile.gettempdir()}/a/diary.py and {tempfile.gettempdir()}/a/log", "diary.py and *"),
        ("item w71a2e8bf and f4bc43a2878b0e6b", "item * and *"),
        ("{'number': '4711'} and 815123", "{'number': '*'} and *"),
        ("2024-03-01T10:00:00.123456+00:00", "*-*-*T*:*:*.*±*"),
        ("20h19", "*h*"),
        ("2024-03-01T10:00:00-0530", "*-*-*T*:*:*±*"),
        ("Sun, 22 Nov 2026 20:00:00 GMT", "* * *:*:* GMT"),
        ("[01/Dec/2026 03:17:02] Tue Dec  1 03:17:02 2026", "[*/* *:*:*] * *:*:* *"),
        ("December 01, 2026 and 2026/12/01", "*, * and *"),
        ("May I, in March", "May I, in March"),
        ("http://127.65.3.4:43211/api http://localhost:5000/", "http://*.*.*.*:*/api http://localhost:*/"),
        ("0.0.0.0 and 127.0.0.1:8000", "0.0.0.0 and 127.0.0.1:*"),
        ("<Api object at 0x7f3a12cd8e10>", "<Api object at 0x*>"),
        ("/home/me/acme/api.py, line 12", "api.py, line *"),
        ("['site-packages/acme/api.py', 'acme/api.py']", "['api.py', 'acme/api.py']"),
        ("first\\n/home/me/acme/api.py", "first\\napi.py"),
        (f"in '{PROJECT}/conformance/scenarios', {PROJECT}", "in '*', *"),
        (f"{Path.cwd()}/.environments/x/bin/flask and {sys.prefix}/etc", "* and *"),
        ("/opt/lib/python3.12/site-packages/acme /opt/bin/python3 run", "* * run"),
        ("/api/lib/item and /api/bin", "/api/lib/item and /api/bin"),
        ("b9f3c7d2-1a2b-4c3d-8e4f-0123456789ab", "*"),
        ("404 text/html; 'No such method', exit status -15", "404 text/html; 'No such method', exit status -15"),
        ("GET /api/item/one/part/7", "GET /api/item/one/part/7"),
        ("10.0.0.1:80 gave no whole answer: [Errno 104] Connection reset by peer.", "*.*.*.*:* gave no whole answer"),
    ],
)
def test_what_differs_between_runs_and_machines_is_masked_and_nothing_else(text: str, said: str) -> None:
    assert normalise(text) == said


@pytest.mark.parametrize(
    ("drawn", "text", "said"),
    [
        (["ab1"], "ab1 AB1, xab1y", "* *, x*y"),
        ([713], "713 and 1713, 7.713, 713", "* and *, *.*, *"),
        (["abc", "abcdef"], "abcdef", "*"),
        (["a.c"], "abc a.c", "abc *"),
        ([], "abc 123", "abc 123"),
    ],
)
def test_what_a_case_drew_is_masked(drawn: list[str | int], text: str, said: str) -> None:
    assert Mask(drawn).text(text) == said


def test_a_number_is_masked_where_it_was_drawn_and_a_status_where_it_was_chosen() -> None:
    mask = Mask([404, "405"])
    assert [mask.number(number) for number in (404, 405, 200)] == ["*", "*", "200"]
    assert [mask.number(number, status=True) for number in (404, 405, 200)] == ["404", "*", "200"]


def test_a_folder_is_masked_with_all_below_it_and_the_path_of_a_request_is_not() -> None:
    pattern = below([Path("/tmp"), Path("/srv/me"), Path("/srv/me/acme"), Path("/"), Path("~")])
    said = pattern.sub("*", "/tmp /tmp/x /srv/me /srv/me/ /srv/me/acme/run,/srv/me2 / ~")
    assert said == "/tmp * * * *,/srv/me2 / ~"
