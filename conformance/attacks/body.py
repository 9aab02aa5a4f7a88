"""Attacks by bodies that cost more than they are long."""

from __future__ import annotations

from conformance.attacks.attack import BODIES, MEGABYTE, Allowance, Attempt, Victim, attack
from conformance.attacks.connection import talk, talk_each

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
PRIME = 2**61 - 1  # CPython's hash of a multiple of it is 0
COLLIDING = 12_000


@attack(BODIES, "10 MB of JSON", allowance=Allowance(memory_per_byte=40))
def large_json(victim: Victim) -> Attempt:
    """An array of empty arrays, of 9.9 MB"""
    body = b"[" + b"[]," * (99 * MEGABYTE // 30) + b"[]]"
    return Attempt((talk(victim, victim.post("/api/tree", JSON, body), 15),))


@attack(BODIES, "deep JSON", cheap=True)
def deep_json(victim: Victim) -> Attempt:
    """200,000 arrays, and 100,000 objects, within each other"""
    bodies = (b"[" * 200_000 + b"]" * 200_000, b'{"a":' * 100_000 + b"1" + b"}" * 100_000, b"[" * 400_000)
    return Attempt(talk_each(victim, [victim.post("/api/tree", JSON, body) for body in bodies]))


@attack(BODIES, "colliding numbers", cheap=True)
def colliding(victim: Victim) -> Attempt:
    """12,000 whole numbers with one hash, as items of a set and as keys of a mapping"""
    numbers = [str(PRIME * factor) for factor in range(1, COLLIDING + 1)]
    items = "[" + ",".join(numbers) + "]"
    keys = "{" + ",".join(f'"{number}":1' for number in numbers) + "}"
    requests = [victim.post("/api/numbers", JSON, items.encode()), victim.post("/api/keyed", JSON, keys.encode())]
    return Attempt(talk_each(victim, requests))


@attack(BODIES, "many form fields")
def form_fields(victim: Victim) -> Attempt:
    """200,000 fields of a urlencoded form, and 10,000 parts of a multipart one"""
    parts = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 10_000 + b"--b--\r\n"
    requests = [
        victim.post("/api/form", FORM, b"a&" * 200_000),
        victim.post("/api/form", "multipart/form-data; boundary=b", parts),
    ]
    return Attempt(talk_each(victim, requests))
