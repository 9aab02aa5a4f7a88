"""What guests can ask. Plain functions: they may use Django's ORM and caches as they are, on every backend."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone
from domain.entries.models import Entry
from utilmeta.core import api, request
from utilmeta.utils.exceptions import NotFound


@dataclass
class Signed:
    number: int
    guest: str
    text: str
    signed: datetime


def shown(entry: Entry) -> Signed:
    return Signed(entry.pk, entry.guest, entry.text, entry.signed)


class EntriesAPI(api.API):
    def get(self) -> list[Signed]:
        return [shown(entry) for entry in Entry.objects.all()]

    def post(
        self,
        guest: str = request.BodyParam(min_length=1, max_length=40),
        text: str = request.BodyParam(min_length=1, max_length=400),
    ) -> Signed:
        return shown(Entry.objects.create(guest=guest, text=text, signed=timezone.now()))

    @api.get("{number}")
    def one(self, number: int) -> Signed:
        entry = Entry.objects.filter(pk=number).first()
        if entry is None:
            raise NotFound(f"There is no entry {number}")
        return shown(entry)


class RootAPI(api.API):
    entries: EntriesAPI

    @api.get
    def visits(self) -> dict[str, int]:
        cache.add("visits", 0, timeout=None)
        return {"visits": cache.incr("visits")}
