"""Regexes of clients' texts: the linear engine agrees with Python's, and what is left to that is short."""

from __future__ import annotations

import random
import re
import time

import pytest

from utilmeta.core.request.regex import MOST_CHARACTERS, compile_match, linear_match
from utilmeta.core.routing.segment import parse_template

CHARACTERS = "ab-_1 \n.\N{LATIN SMALL LETTER E WITH ACUTE}\N{ARABIC-INDIC DIGIT THREE}\N{ROMAN NUMERAL EIGHT}\u0301\x1c"


class Regexes:
    """Random regexes over a few characters."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def alternatives(self, depth: int = 3) -> str:
        return "|".join(self.sequence(depth) for _ in range(self.random.choice([1, 1, 1, 2, 3])))

    def sequence(self, depth: int) -> str:
        quantifiers = ["", "", "", "*", "+", "?", "{2}", "{1,3}", "*?", "+?", "{0,2}?"]
        return "".join(self.atom(depth) + self.random.choice(quantifiers) for _ in range(self.random.randint(0, 4)))

    def atom(self, depth: int) -> str:
        kind = self.random.randint(0, 9) if depth else 0
        if kind < 4:
            return re.escape(self.random.choice(CHARACTERS))
        if kind < 6:
            members = [re.escape(self.random.choice(CHARACTERS)), r"\d", r"\w", r"\s", r"\W", "a-b", "&&", "[", "~"]
            chosen = "".join(self.random.choice(members) for _ in range(self.random.randint(1, 3)))
            return f"[{self.random.choice(['', '^'])}{chosen}]"
        if kind < 8:
            return self.random.choice(
                [r"\d", r"\w", r"\s", r"\D", r"\W", r"\S", ".", "^", r"\A", r"\Z", "$", "a{", "]"]
            )
        return f"{self.random.choice(['(', '(?:', '(?s:'])}{self.alternatives(depth - 1)})"


@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_both_engines_say_the_same() -> None:
    regexes, compared = Regexes(11), 0
    for number in range(3000):
        try:
            pattern = re.compile(regexes.alternatives(), re.DOTALL if number % 2 else 0)
        except re.error:
            continue
        match = linear_match(pattern)
        for _ in range(8 if match is not None else 0):
            text = "".join(regexes.random.choice(CHARACTERS) for _ in range(regexes.random.randint(0, 6)))
            assert match(text) is (pattern.fullmatch(text) is not None), (pattern, text)
            compared += 1
    assert compared > 10_000


@pytest.mark.parametrize(("regex", "category"), [(r"\d", "digit"), (r"\w", "word"), (r"\s", "space")])
def test_each_character_is_in_a_category_of_both_or_of_none(regex: str, category: str) -> None:
    for pattern in (re.compile(regex), re.compile(regex.upper())):
        match = linear_match(pattern)
        assert match is not None
        characters = [chr(number) for number in range(0x20000) if not 0xD800 <= number < 0xE000]
        assert [one for one in characters if match(one) is not bool(pattern.fullmatch(one))] == []


@pytest.mark.parametrize(
    ("regex", "yes", "no"),
    [
        ("(?=a).*", "ab", "ba"),
        (r"(?:a)(b)\1", "abb", "aba"),
        (r"\bab\b", "ab", "ba"),
        ("(?i)ab", "aB", "ac"),
        ("a|b$", "b", "c"),
        ("(?m)a\n^b", "a\nb", "ab"),
        ("a{1,60000}", "aa", "ab"),
        ("(?i:a)b", "Ab", "AB"),
    ],
)
def test_what_the_linear_engine_does_not_have_is_left_to_pythons(regex: str, yes: str, no: str) -> None:
    match = compile_match(re.compile(regex))
    assert match(yes)
    assert not match(no)


def test_python_judges_no_text_of_more_than_256_characters() -> None:
    match = compile_match(re.compile("(?=a).*"))
    assert match("a" * MOST_CHARACTERS)
    assert not match("a" * (MOST_CHARACTERS + 1))


@pytest.mark.parametrize("regex", ["(a+)+", "(?:a|a)*b", "(a|aa)+$", "(.*a){20}"])
def test_nested_quantifiers_end_at_once(regex: str) -> None:
    match = compile_match(re.compile(regex))
    begin = time.process_time()
    assert not match("a" * 50_000 + "!")
    assert time.process_time() - begin < 2


def test_templates_are_matched_as_by_non_greedy_groups() -> None:
    chosen, matched = random.Random(5), 0
    for _ in range(4000):
        count = chosen.randint(1, 4)
        lengths = [
            chosen.choice([0, 1]),
            *(chosen.choice([1, 1, 2]) for _ in range(count - 1)),
            chosen.choice([0, 1, 2]),
        ]
        literals = ["".join(chosen.choice("ab-") for _ in range(length)) for length in lengths]
        names = [f"n{number}" for number in range(count)]
        regexes = {name: chosen.choice(["[ab]+", "a*b+?", "-+"]) for name in names if chosen.random() < 0.2}
        groups = [f"({regexes.get(name, '.+?')})" for name in names]
        pattern = re.compile(literals[0] + "".join(map("".join, zip(groups, literals[1:], strict=True))), re.DOTALL)
        template = literals[0] + "".join(
            f"{{{name}}}{literal}" for name, literal in zip(names, literals[1:], strict=True)
        )
        (segment,) = parse_template(template, regexes, "here")
        assert not isinstance(segment, str)
        for _ in range(8):
            text = "".join(chosen.choice("ab-") for _ in range(chosen.randint(1, 9)))
            found = pattern.fullmatch(text)
            expected = found.groups() if found is not None else None
            assert (segment.match(text) if segment.match else (text,)) == expected, (template, regexes, text)
            matched += found is not None
    assert matched > 1000
