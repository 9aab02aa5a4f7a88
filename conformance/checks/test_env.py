"""ENV: variables of the system environment and of files. All cases of a variant are read by one process."""

from __future__ import annotations

import re

import pytest

from conformance.checks.env_cases import Case, Outcomes, holds, read, word
from conformance.checks.env_file_cases import (
    ABSENT,
    BEFORE,
    BROKEN,
    DEMO,
    FORMATS,
    JSON,
    LINES,
    RELATIVE,
    SUFFIXES,
    TEXT,
    json_file,
    text_file,
)
from conformance.contract.check import must
from conformance.target.target import Target

CONVERTED = {
    "a text": Case("X: str", {"DEMO_X": "[$word]"}, {}, DEMO, '{"X": "[$word]"}'),
    "a whole number": Case("X: int", {"DEMO_X": "$number"}, {}, DEMO, '{"X": $number}'),
    "a number below zero": Case("X: int", {"DEMO_X": "-$number"}, {}, DEMO, '{"X": -$number}'),
    "a whole number of a file": Case("X: int", {}, text_file("X=$number"), TEXT, '{"X": $number}'),
    "a number": Case("X: float", {"DEMO_X": "$number.5"}, {}, DEMO, '{"X": $number.5}'),
    "true": Case("X: bool", {"DEMO_X": "true"}, {}, DEMO, '{"X": true}'),
    "false": Case("X: bool = True", {"DEMO_X": "false"}, {}, DEMO, '{"X": false}'),
}

CONVERTED_TOO = {
    "a text with a space": Case("X: str", {"DEMO_X": " [$word]"}, {}, DEMO, '{"X": " [$word]"}'),
    "a text from a number": Case("X: str", {}, json_file('{"X": $number}'), JSON, '{"X": "$number"}'),
    "a whole number of JSON": Case("X: int", {}, json_file('{"X": "$number"}'), JSON, '{"X": $number}'),
    "yes in capitals": Case("X: bool", {"DEMO_X": "YES"}, {}, DEMO, '{"X": true}'),
    "no": Case("X: bool = True", {"DEMO_X": "no"}, {}, DEMO, '{"X": false}'),
    "0": Case("X: bool", {}, text_file("X=0"), TEXT, '{"X": false}'),
    "false of JSON": Case("X: bool = True", {}, json_file('{"X": false}'), JSON, '{"X": false}'),
    "a list": Case("X: List[int]", {"DEMO_X": "[1, $number]"}, {}, DEMO, '{"X": [1, $number]}'),
    "a list of JSON": Case("X: List[str]", {}, json_file('{"X": ["$word"]}'), JSON, '{"X": ["$word"]}'),
    "a mapping": Case("X: Dict[str, int]", {"DEMO_X": '{"a": $number}'}, {}, DEMO, '{"X": {"a": $number}}'),
    "a mapping of a file": Case("X: dict", {}, text_file('X={"a": "$word"}'), TEXT, '{"X": {"a": "$word"}}'),
    "an optional number": Case("X: Optional[int]", {"DEMO_X": "$number"}, {}, DEMO, '{"X": $number}'),
    "an optional list": Case("X: Optional[List[int]]", {"DEMO_X": "[$number]"}, {}, DEMO, '{"X": [$number]}'),
    "null": Case("X: Optional[int] = 5", {}, json_file('{"X": null}'), JSON, '{"X": null}'),
    "nothing optional": Case("X: Optional[str] = None\nY: str", {"DEMO_Y": "$word"}, {}, DEMO, '{"X": null}'),
    "a literal": Case('X: Literal["a", "$word"]', {"DEMO_X": "$word"}, {}, DEMO, '{"X": "$word"}'),
}


@pytest.fixture(scope="session")
def environment(target: Target) -> Outcomes:
    """All cases of this file."""
    groups = (CONVERTED, CONVERTED_TOO, DEFAULTS, ANY_CASE, ANY_CASE_TOO, EXACT, TWO_SPELLINGS, PREFIXED, UNREAD)
    more = (FORMATS, SUFFIXES, LINES, MISSING, WRONG, MAYBE, BOTH, UNDECLARED, UNDECLARED_TOO, ABSENT, BROKEN)
    return read(target, *groups, *more, RELATIVE, SECRETS, CHANGED, KEYWORDS)


@must("ENV-1", kills="env_text_converts_to_nothing")
def test_a_value_converts_to_the_declared_type(environment: Outcomes) -> None:
    holds(environment, CONVERTED)


@must("ENV-1b", kills=("env_text_converts_to_nothing", "env_no_json_in_a_text"))
def test_a_value_converts_to_other_types_too(environment: Outcomes) -> None:
    holds(environment, CONVERTED_TOO)


DEFAULTS = {
    "unset": Case(
        'A: str = "$word"\nB: int = $number\nC: bool = True\nE: str',
        {"DEMO_E": "set"},
        {},
        DEMO,
        '{"A": "$word", "B": $number, "C": true, "E": "set"}',
    ),
    "unset in a file": Case('A: str = "$word"\nB: str', {}, text_file("B=1"), TEXT, '{"A": "$word", "B": "1"}'),
    "computed": Case("A: int = 2 * $number - $number", {}, {}, DEMO, '{"A": $number}'),
}


@must("ENV-1", kills="env_unset_is_none")
def test_a_default_holds_where_the_variable_is_unset(environment: Outcomes) -> None:
    holds(environment, DEFAULTS)


ANY_CASE = {
    "lower in the environment": Case("DB_USER: str", {"DEMO_db_user": "$word"}, {}, DEMO, '{"DB_USER": "$word"}'),
    "lower without a prefix": Case("X$word: str", {"x$word": "lower"}, {}, {"sys_env": True}, '{"X$word": "lower"}'),
    "lower declared": Case("db_user: str", {"DEMO_DB_USER": "$word"}, {}, DEMO, '{"db_user": "$word"}'),
    "lower in a text": Case("DB_USER: str", {}, text_file("db_user=$word"), TEXT, '{"DB_USER": "$word"}'),
    "mixed in JSON": Case("DB_USER: str", {}, json_file('{"Db_User": "$word"}'), JSON, '{"DB_USER": "$word"}'),
}


@must("ENV-2", kills="env_names_to_the_letter")
def test_names_match_whatever_their_case(environment: Outcomes) -> None:
    holds(environment, ANY_CASE)


ANY_CASE_TOO = {
    "lower prefix": Case("DB_USER: str", {"DEMO_DB_USER": "$word"}, {}, {"sys_env": "demo_"}, '{"DB_USER": "$word"}'),
    "undeclared": Case("", {}, text_file("db_User=$word"), TEXT, '{"DB_USER": "$word", "db_user": "$word"}'),
}


@must("ENV-2b", kills="env_names_to_the_letter")
def test_a_prefix_and_what_is_not_declared_match_whatever_their_case(environment: Outcomes) -> None:
    holds(environment, ANY_CASE_TOO)


EXACT = {
    "exact in the environment": Case(
        "Port: str", {"demo_port": "1", "DEMO_Port": "$word", "DEMO_PORT": "2"}, {}, DEMO, '{"Port": "$word"}'
    ),
    "exact in a text": Case("Port: str", {}, text_file("port=1\nPort=$word\nPORT=2"), TEXT, '{"Port": "$word"}'),
    "exact in JSON": Case(
        "Port: str", {}, json_file('{"PORT": "1", "Port": "$word", "port": "2"}'), JSON, '{"Port": "$word"}'
    ),
}


@must("ENV-2b", kills="env_first_spelling_wins")
def test_of_several_spellings_the_exact_one_wins(environment: Outcomes) -> None:
    holds(environment, EXACT)


TWO_SPELLINGS = {
    "two in the environment": Case("Port: str", {"demo_port": "$word", "DEMO_PORT": "$word"}, {}, DEMO),
    "two of one with a default": Case('Port: str = ""', {"demo_port": "$word", "DEMO_PORT": "$word"}, {}, DEMO),
    "two in a text": Case("Demo_Port: str", {}, text_file("DEMO_PORT=$word\ndemo_port=$word"), TEXT),
    "two in JSON": Case("Demo_Port: str", {}, json_file('{"DEMO_PORT": "$word", "demo_port": "$word"}'), JSON),
}


@must("ENV-2b", kills=("env_first_spelling_wins", "env_two_spellings_unnamed"))
def test_two_spellings_of_which_none_is_exact_are_an_error_naming_both(environment: Outcomes) -> None:
    for case in TWO_SPELLINGS:
        message = environment[case].message
        assert "demo_port" in message, f"{case}: {message}"
        assert "DEMO_PORT" in message, f"{case}: {message}"


PREFIXED = {
    "with a prefix": Case("X$word: str", {"X$word": "other", "DEMO_X$word": "$word"}, {}, DEMO, '{"X$word": "$word"}'),
    "without one": Case(
        "X$word: str", {"DEMO_X$word": "other", "X$word": "$word"}, {}, {"sys_env": True}, '{"X$word": "$word"}'
    ),
}


@must("ENV-3", kills=("env_prefix_is_optional", "env_true_is_a_prefix"))
def test_the_system_environment_is_read_as_sys_env_says(environment: Outcomes) -> None:
    holds(environment, PREFIXED)


UNREAD = {
    "no source": Case('A: str = "$word"', {"A": "set", "DEMO_A": "set"}, {}, {}, '{"A": "$word"}'),
    "not read": Case('X$word: str = "unset"', {"X$word": "other"}, {}, {}, '{"X$word": "unset"}'),
    "not read beside a file": Case(
        'X$word: str = "unset"', {"X$word": "other"}, text_file("A=1"), TEXT, '{"X$word": "unset"}'
    ),
}


@must("ENV-3b", kills="env_environment_always_read")
def test_without_sys_env_the_system_environment_is_not_read(environment: Outcomes) -> None:
    holds(environment, UNREAD)


@must("ENV-4a", kills=("env_every_file_is_lines", "env_every_suffix_is_json"))
def test_a_file_is_json_or_lines(environment: Outcomes) -> None:
    holds(environment, FORMATS)


@must("ENV-4c", kills="env_every_suffix_is_json")
def test_a_file_of_any_suffix_but_json_is_lines(environment: Outcomes) -> None:
    holds(environment, SUFFIXES)


@must(
    "ENV-4b",
    kills=(
        "env_last_equals_splits",
        "env_quotes_kept",
        "env_semicolon_is_no_comment",
        "env_section_is_broken",
        "env_export_is_part_of_the_name",
        "env_byte_order_mark_kept",
    ),
)
def test_a_line_reads_as_the_contract_says(environment: Outcomes) -> None:
    holds(environment, LINES)


REQUIRED = "A$word: str\nB$word: int\nC$word: str = ''\nD$word: bool"
MISSING = {
    "missing with a prefix": Case(REQUIRED, {"DEMO_C$word": ""}, {}, DEMO),
    "missing without one": Case(REQUIRED, {"C$word": ""}, {}, {"sys_env": True}),
    "missing in a file": Case(REQUIRED, {}, text_file("C$word="), TEXT),
    "missing in both": Case(REQUIRED, {}, text_file("X=1"), {**DEMO, **TEXT}),
    "missing in nothing": Case(REQUIRED),
}


@must("ENV-5", kills=("env_first_missing_alone", "env_missing_without_its_prefix"))
def test_missing_variables_are_one_error_that_names_all(environment: Outcomes) -> None:
    for case in MISSING:
        message = environment[case].message
        prefix = "DEMO_" if MISSING[case].options.get("sys_env") == "DEMO_" else ""
        for name in ("A", "B", "D"):
            assert re.search(rf"(?<!\w){prefix}{name}{word()}(?!\w)", message), f"{case}: {message}"


WRONG = {
    "no whole number": Case("PORT: int", {"DEMO_PORT": "$word"}, {}, DEMO),
    "no whole number in a text": Case("DEMO_PORT: int = 5", {}, text_file("A=1\nDEMO_PORT=$word"), TEXT),
    "no whole number in JSON": Case("DEMO_PORT: int", {}, json_file('{"DEMO_PORT": "$word"}'), JSON),
    "no number": Case("PORT: float", {"DEMO_PORT": "1.5$word"}, {}, DEMO),
    "no bool": Case("PORT: bool", {"DEMO_PORT": "$word"}, {}, DEMO),
    "none of a literal": Case('PORT: Literal["a", "b"]', {"DEMO_PORT": "$word"}, {}, DEMO),
    "no list of numbers": Case("PORT: List[int]", {"DEMO_PORT": '[1, "$word"]'}, {}, DEMO),
    "no JSON": Case("PORT: Dict[str, int]", {"DEMO_PORT": '{"$word": '}, {}, DEMO),
    "no mapping": Case("PORT: Dict[str, int]", {"DEMO_PORT": '"$word"'}, {}, DEMO),
    "no optional number": Case("PORT: Optional[int] = 5", {"DEMO_PORT": "$word"}, {}, DEMO),
    "no text": Case("DEMO_PORT: str", {}, json_file('{"DEMO_PORT": ["$word"]}'), JSON),
    "wrong beside missing": Case("PORT: int\nHOST: str", {"DEMO_PORT": "$word"}, {}, DEMO),
}


@must("ENV-6", kills=("env_error_quotes_the_value", "env_wrong_value_unnamed"))
def test_a_value_that_does_not_convert_is_named_and_not_shown(environment: Outcomes) -> None:
    for case in WRONG:
        assert "DEMO_PORT" in environment[case].message, case
        assert word() not in environment[case].traceback, case


MAYBE = {
    f"{value!r} in {place}": Case("FLAG_$word: bool", {**environment}, files, options)
    for value in ("maybe", "Maybe", "2", "")
    for place, environment, files, options in (
        ("the environment", {"DEMO_FLAG_$word": value}, {}, DEMO),
        ("a text", {}, text_file(f"FLAG_$word={value}"), TEXT),
        ("JSON", {}, json_file(f'{{"FLAG_$word": "{value}"}}'), JSON),
    )
}


@must("ENV-6", kills="env_any_text_is_true")
def test_what_is_neither_true_nor_false_is_no_bool(environment: Outcomes) -> None:
    for case in MAYBE:
        assert f"FLAG_{word()}" in environment[case].message, case


BOTH = {
    "in both": Case(
        "A: str\nB: str\nC: str",
        {"DEMO_A": "$word", "demo_b": "$word"},
        text_file("A=file\nB=file\nC=$word"),
        {**DEMO, **TEXT},
        '{"A": "$word", "B": "$word", "C": "$word"}',
    ),
    "empty in the environment": Case("A: str", {"DEMO_A": ""}, text_file("A=file"), {**DEMO, **TEXT}, '{"A": ""}'),
    "mappings in both": Case(
        "A: dict", {"DEMO_A": '{"a": "$word"}'}, json_file('{"A": {"b": 1}}'), {**DEMO, **JSON}, '{"A": {"a": "$word"}}'
    ),
    "undeclared in both": Case(
        "", {"DEMO_ab": "$word"}, text_file("AB=file\nC=$word"), {**DEMO, **TEXT}, '{"AB": "$word", "C": "$word"}'
    ),
}


@must("ENV-7", kills=("env_file_wins", "env_mappings_are_merged"))
def test_the_system_environment_wins_over_the_file(environment: Outcomes) -> None:
    holds(environment, BOTH)


DB = '{"DB_USER": "$word", "DB_PASSWORD": "p$word"}'
UNDECLARED = {
    "undeclared in lines": Case("", {}, text_file("DB_USER=$word\nDB_PASSWORD=p$word"), TEXT, DB),
    "undeclared in JSON": Case("", {}, json_file(DB), JSON, DB),
}


@must("ENV-8", kills="env_undeclared_is_dropped")
def test_a_class_that_declares_nothing_has_what_the_file_holds(environment: Outcomes) -> None:
    holds(environment, UNDECLARED)


UNDECLARED_TOO = {
    "a number undeclared in lines": Case("", {}, text_file("DB_PORT=$number"), TEXT, '{"DB_PORT": "$number"}'),
    "values undeclared in JSON": Case(
        "",
        {},
        json_file('{"DB_USER": "$word", "DB_PORT": $number, "HOSTS": [{"$word": null}]}'),
        JSON,
        '{"DB_USER": "$word", "DB_PORT": $number, "HOSTS": [{"$word": null}]}',
    ),
}


@must("ENV-8b", kills="env_undeclared_is_text")
def test_what_is_not_declared_has_the_type_that_its_file_gives_it(environment: Outcomes) -> None:
    holds(environment, UNDECLARED_TOO)


@must("ENV-9", kills="env_absent_file_is_empty")
def test_a_missing_file_is_a_file_not_found_error_naming_it(environment: Outcomes) -> None:
    for case in ABSENT:
        assert "FileNotFoundError" in environment[case].types, case
        assert f"{word()}." in environment[case].message, case


@must("ENV-9", kills="env_broken_line_untold")
def test_a_broken_file_is_an_error_with_its_line(environment: Outcomes) -> None:
    for case in BROKEN:
        message = environment[case].message
        assert re.search(rf"(?<!\d){BEFORE + 1}(?!\d)", message), f"{case}: {message}"
        assert word() not in environment[case].traceback, case


@must(
    "ENV-9",
    kills=(
        "env_path_starts_at_the_working_directory_alone",
        "env_path_starts_at_the_project",
        "env_project_without_its_service",
    ),
)
def test_a_relative_path_starts_at_the_working_directory_then_at_the_projects(environment: Outcomes) -> None:
    holds(environment, RELATIVE)


SECRET_NAMES = ("DB_PASSWORD", "SECRET", "CLIENT_SECRET_1", "api_token", "Token", "DJANGO_SECRET_KEY", "KEY_ID")
SECRETS = {
    "secrets declared": Case(
        "\n".join([*(f"{name}: str" for name in SECRET_NAMES), "PORT: int"]),
        {"DEMO_PORT": "1", **{f"DEMO_{name}": "$word" for name in SECRET_NAMES}},
        {},
        DEMO,
        '{"PORT": 1, "DB_PASSWORD": "$word"}',
    ),
    "secrets by default": Case("\n".join(f'{name}: str = "$word"' for name in SECRET_NAMES), {}, {}, {}),
    "secrets of other types": Case(
        "A_TOKEN: List[str]\nKEYS: Dict[str, str]\nPASSWORD: Optional[str]",
        {"DEMO_A_TOKEN": '["$word"]', "DEMO_KEYS": '{"a": "$word"}', "DEMO_PASSWORD": "$word"},
        {},
        DEMO,
    ),
    "secrets undeclared": Case("", {}, text_file("\n".join(f"{name}=$word" for name in SECRET_NAMES)), TEXT),
    "secrets inside": Case(
        "", {}, json_file('{"DB": {"host": "h", "password": "$word"}, "MORE": [{"token": "$word"}]}'), JSON
    ),
    "credentials in a URL": Case(
        "DB_URL: str\nBROKER: str",
        {"DEMO_DB_URL": "postgresql://me:$word@localhost:5432/db", "DEMO_BROKER": "redis://:$word@localhost/0"},
        {},
        DEMO,
    ),
}


@must("ENV-10", kills=("env_repr_is_the_models_own", "env_repr_shows_credentials"))
def test_no_repr_shows_what_is_secret(environment: Outcomes) -> None:
    for case in SECRETS:
        assert word() not in "".join(environment[case].returned["texts"]), case


CHANGED = {
    "changed": Case("A: str\nB: int = 5", {"DEMO_A": "$word"}, {}, DEMO, '{"A": "$word", "B": 5}'),
    "changed, undeclared": Case("", {}, text_file("A=$word"), TEXT, '{"A": "$word"}'),
}


@must("ENV-11", kills="env_instances_change")
def test_an_instance_does_not_change(environment: Outcomes) -> None:
    for case in CHANGED:
        assert environment[case].returned["changed"] == [], case


KEYWORDS = {
    "an unknown keyword": Case("A: str = ''", {}, {}, {"k$word": 1}),
    "a variable for a keyword": Case("A$word: str = ''", {}, {}, {**DEMO, "A$word": ""}),
}


@must("ENV-11", kills="env_unknown_keyword_ignored")
def test_another_keyword_is_a_type_error_naming_it(environment: Outcomes) -> None:
    for case in KEYWORDS:
        assert "TypeError" in environment[case].types, case
        assert word() in environment[case].message, case
