"""Which client libraries a variant judges: each library in each of its styles on several variants, in both modes."""

from __future__ import annotations

import pytest

from conformance.contract.client_library import CLIENT_LIBRARIES, ClientLibrary, judged_on
from conformance.contract.variant import Variant

VARIANTS = Variant.every()


@pytest.mark.parametrize("library", CLIENT_LIBRARIES, ids=str)
def test_each_library_is_judged_on_two_variants_at_least_and_in_both_modes(library: ClientLibrary) -> None:
    judging = [variant for variant in VARIANTS if judged_on(variant, VARIANTS) == library]
    assert len(judging) >= 2
    assert {variant.mode for variant in judging} == {variant.mode for variant in VARIANTS}


def test_a_library_is_written_with_its_style() -> None:
    assert [str(library) for library in CLIENT_LIBRARIES] == [
        "urllib-sync",
        "requests-sync",
        "httpx-sync",
        "httpx-async",
        "aiohttp-async",
    ]
