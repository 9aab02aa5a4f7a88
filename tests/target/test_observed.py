"""Values that came from an implementation: plain ones in every way but that they know where they are from."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

from conformance.foundation.exceptions import UnexpectedValue
from conformance.target.observed import Members, forget, observed, origin, plain_type

VALUE: dict[str, Any] = {"a": [1, 2.5, "text", {"b": b"x"}], "none": None, "flag": True, "": {}}


def test_a_value_is_equal_to_the_plain_one_and_shown_and_kept_like_it() -> None:
    value = observed(VALUE, "body")
    assert value == VALUE
    assert value == VALUE
    assert repr(value) == repr(VALUE)
    assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == VALUE
    assert isinstance(value["a"][0], int)
    assert hash(value["a"][2]) == hash("text")
    texts = {"a": [1, 2.5, "text"], "none": None}
    assert json.dumps(observed(texts, "body")) == json.dumps(texts)
    assert [plain_type(each) for each in (value, *value["a"], True)] == [dict, int, float, str, dict, bool]


def test_each_part_knows_its_path() -> None:
    value = observed(VALUE, "body")
    found = [origin(value), origin(value["a"]), origin(value["a"][2]), origin(value["a"][3]["b"])]
    assert found == [("body", ""), ("body", "a"), ("body", "a[]"), ("body", "a[].b")]
    assert origin(next(iter(value.items()))[1]) == ("body", "a")
    assert origin("text") is None


def test_a_part_of_a_text_is_from_where_the_text_was_read() -> None:
    log = observed("one\ntwo", "output")
    assert (log[4:], origin(log[4:]), origin(log[0])) == ("two", ("output", ""), ("output", ""))


def test_none_and_bool_are_from_where_one_was_read_last() -> None:
    value = observed(VALUE, "body")
    forget()
    assert origin(None) is None
    assert (value["none"], origin(None)) == (None, ("body", "none"))
    assert origin(False) is None
    assert (value["flag"], origin(True)) == (True, ("body", "flag"))
    assert (value.get("absent"), origin(None)) == (None, ("body", "absent"))


def test_what_a_check_collects_has_the_kind_of_its_parts() -> None:
    status, other = observed(200, "status"), observed("GET", "header", "allow")
    assert origin([status, status]) == ("status", "")
    assert origin({"a": other}) == ("header", "allow")
    assert origin((status, other)) is None


def test_a_missing_member_is_named() -> None:
    value = observed(VALUE, "body")
    with pytest.raises(UnexpectedValue, match="no member 'c' in"):
        value["a"][3]["c"]
    assert isinstance(value, Members)


def test_a_deep_value_is_no_problem() -> None:
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    assert origin(observed(deep, "body")) == ("body", "")
