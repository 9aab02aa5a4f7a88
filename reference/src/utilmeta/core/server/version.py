"""Writes the version of a service as the text of a semantic version (SERVICE-15b)."""

from __future__ import annotations


def version_text(version: object) -> str | None:
    """Version text: ``"1.0.2"`` unchanged, ``(0, 1, 0)`` as ``0.1.0``, ``(1, 0, 0, "rc", 1)`` as ``1.0.0-rc.1``.

    The first numbers are the release, padded to three; the rest is the pre-release, joined by dots. Raises TypeError
    for another type, and for a tuple with anything but texts and numbers from 0; ValueError without a first number.
    """
    if version is None or isinstance(version, str):
        return version
    if not isinstance(version, tuple):
        raise TypeError(f"version takes a string such as '1.0.2' or a tuple such as (0, 1, 0), not {version!r}")
    release: list[str] = []
    pre_release: list[str] = []
    for part in version:
        if isinstance(part, bool) or not isinstance(part, (int, str)) or (isinstance(part, int) and part < 0):
            raise TypeError(f"version {version!r}: {part!r} is neither a non-negative number nor a text")
        if isinstance(part, int) and not pre_release and len(release) < 3:
            release.append(str(part))
        else:
            pre_release.append(str(part))
    if not release:
        raise ValueError(f"version {version!r} begins with no number; give at least (0, 1, 0)")
    release += ["0"] * (3 - len(release))
    return ".".join(release) + ("-" + ".".join(pre_release) if pre_release else "")
