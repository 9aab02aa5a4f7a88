"""References: how they are written, and what they say where they lead nowhere."""

from __future__ import annotations

import pytest

from utilmeta.core.server.reference import ModuleMissing, import_module, split


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("a:b", ("a", "b")),
        ("a.b", ("a", "b")),
        ("a.b:c", ("a.b", "c")),
        ("a.b.c", ("a.b", "c")),
        ("a", ("", "a")),
        ("", None),
        (".a", None),
        (":a", None),
        ("a:", None),
        ("a.", None),
        ("a..b", None),
        ("a:b:c", None),
        ("a:b.c", None),
        ("a-b:c", None),
        ("server.py:a b", None),
    ],
)
def test_a_reference_has_a_module_and_a_name(reference: str, parts: tuple[str, str] | None) -> None:
    assert split(reference) == parts


def test_a_module_that_is_not_there_is_told_from_what_a_module_imports(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("absent_module", "json.absent", "absent_package.module"):
        with pytest.raises(ModuleMissing):
            import_module(name)
    monkeypatch.syspath_prepend(tmp_path)
    with open(f"{tmp_path}/importing_what_is_absent.py", "w") as file:
        file.write("import absent_library")
    with pytest.raises(ModuleNotFoundError, match="absent_library"):
        import_module("importing_what_is_absent")
