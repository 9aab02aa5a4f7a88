"""Files of variables that the checks of ENV have read, with the values expected; and files that must be refused."""

from __future__ import annotations

from conformance.checks.env_cases import Case

DEMO = {"sys_env": "DEMO_"}
TEXT = {"file": "FOLDER/current/demo.ini"}
JSON = {"file": "FOLDER/current/demo.json"}


def text_file(content: str) -> dict[str, str]:
    """Case of a file in the form `NAME=value`."""
    return {"current/demo.ini": content}


def json_file(content: str) -> dict[str, str]:
    """Case of a file in JSON."""
    return {"current/demo.json": content}


FORMATS = {
    "a file of JSON": Case(
        "A: str\nB: str",
        {},
        json_file('{\n"A": "$word",\n"B": "$number"\n}'),
        JSON,
        '{"A": "$word", "B": "$number"}',
    ),
    "a file of lines": Case(
        "A: str\nB: int", {}, text_file("A=$word\nB=$number\n"), TEXT, '{"A": "$word", "B": $number}'
    ),
}

SUFFIXES = {
    f"a file called {name}": Case(
        "A: str", {}, {f"current/{name}": "A=$word"}, {"file": f"FOLDER/current/{name}"}, '{"A": "$word"}'
    )
    for name in ("demo.env", "demo.text", "demo", ".env")
}

LINES = {
    "an equals sign inside": Case("A: str", {}, text_file("A=a=$word=="), TEXT, '{"A": "a=$word=="}'),
    "nothing": Case('A: str = "unset"', {}, text_file("A=\nB=1"), TEXT, '{"A": ""}'),
    "double quotes": Case("A: str", {}, text_file("A=\"  $word = 'x' \""), TEXT, '{"A": "  $word = \'x\' "}'),
    "single quotes": Case("A: str", {}, text_file("A='$word # \"x\"'"), TEXT, '{"A": "$word # \\"x\\""}'),
    "a quote at one end": Case("A: str", {}, text_file("A='$word"), TEXT, '{"A": "\'$word"}'),
    "quotes inside": Case("A: str", {}, text_file("A=it's $word's own"), TEXT, '{"A": "it\'s $word\'s own"}'),
    "spaces around": Case("A: str", {}, text_file("  A = $word  \n"), TEXT, '{"A": "$word"}'),
    "comments": Case("A: str", {}, text_file("# A=1\n;A=2\n  # x\n\nA=$word\n; end"), TEXT, '{"A": "$word"}'),
    "a comment's signs inside": Case("A: str", {}, text_file("A=$word#1; #2"), TEXT, '{"A": "$word#1; #2"}'),
    "a section": Case("A: str", {}, text_file("[of $word]\nA=$word\n[b]\n"), TEXT, '{"A": "$word"}'),
    "export": Case("A: str", {}, text_file("export A=$word"), TEXT, '{"A": "$word"}'),
    "export and a tab": Case("A: str", {}, text_file("export\t A=$word"), TEXT, '{"A": "$word"}'),
    "a name that is export": Case("EXPORT: str", {}, text_file("export = $word"), TEXT, '{"EXPORT": "$word"}'),
    "a byte order mark": Case("A: str", {}, text_file("\ufeffA=$word"), TEXT, '{"A": "$word"}'),
    "a byte order mark of JSON": Case("A: str", {}, json_file('\ufeff{"A": "$word"}'), JSON, '{"A": "$word"}'),
    "carriage returns": Case("A: str\nB: str", {}, text_file("A=$word\r\nB=2\r\n"), TEXT, '{"A": "$word", "B": "2"}'),
    "other letters": Case("A: str", {}, text_file("A=grüße $word 🚀"), TEXT, '{"A": "grüße $word 🚀"}'),
}

ABSENT = {
    f"absent {kind}": Case("A: str = ''", {}, {}, {"file": path, **more})
    for kind, path, more in (
        ("lines", "$word.env", {}),
        ("JSON", "$word.json", {}),
        ("beside the environment", "$word.env", DEMO),
        ("at an absolute path", "FOLDER/current/$word.env", {}),
    )
}

BEFORE = 136  # lines before the broken one, so that no other number is taken for its own
BROKEN = {
    f"broken by {what}": Case("A: str = ''", {}, files, options)
    for what, files, options in (
        ("no equals sign", text_file("#\n" * BEFORE + "$word\n"), TEXT),
        ("no name", text_file("#\n" * BEFORE + "=$word\n"), TEXT),
        ("carriage returns and no equals sign", text_file("#\r\n" * BEFORE + "$word\r\n"), TEXT),
        ("a second of one name", text_file("A=$word\n" + "#\n" * (BEFORE - 1) + "A=$word\n"), TEXT),
        ("bytes that are no UTF-8", text_file("#\n" * BEFORE + "A=$word\udcff\n"), TEXT),
        ("JSON that does not parse", json_file('{"A": 1,' + "\n" * BEFORE + '"B": $word}'), JSON),
        ("JSON that does not end", json_file("\n" * BEFORE + '{"A": "$word"'), JSON),
        ("JSON that is no object", json_file("\n" * BEFORE + '["$word"]'), JSON),
    )
}

HERE = {"file": "demo.ini"}
RELATIVE = {
    "beside the module": Case("A: str", {}, {"project/demo.ini": "A=$word"}, HERE, '{"A": "$word"}'),
    "in both places": Case(
        "A: str", {}, {"project/demo.ini": "A=project", "current/demo.ini": "A=$word"}, HERE, '{"A": "$word"}'
    ),
    "deeper": Case("A: str", {}, {"project/etc/a.json": '{"A": "$word"}'}, {"file": "etc/a.json"}, '{"A": "$word"}'),
    "beside the service": Case(
        "A: str",
        {},
        {"project/demo.ini": "A=project", "server/demo.ini": "A=$word"},
        HERE,
        '{"A": "$word"}',
        service=True,
    ),
}
