"""A job bookmark: which S3 objects earlier runs have read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from ..s3.objects import S3Object
from ..spec import BookmarkSpec

# Glue's maxBand: so long after its time an object may still turn up in listings
# (developer guide, monitor-continuations-implement).
BAND = timedelta(seconds=900)


class Bookmark:
    """Filters a source's objects by what was committed, and notes what this run reads of them.

    State per transformation_ctx: ``until``, the latest modification time seen, and ``seen``, URL and ETag
    of the objects of the last ``BAND`` before it. An object written again counts as new, as in Glue.
    """

    def __init__(self, spec: BookmarkSpec) -> None:
        self._spec = spec
        self._state: dict[str, Any] = dict(spec.state or {})
        self._reading: dict[str, Any] = {}
        self._initialized = False
        self.committed = False

    @property
    def state(self) -> dict[str, Any]:
        """As of the last commit."""
        return self._state

    def initialize(self) -> None:
        """From ``Job.init``; without it Glue keeps no bookmark."""
        self._initialized = True

    def select_new(self, transformation_ctx: str, objects: Iterable[S3Object]) -> list[S3Object]:
        """Of the objects those not read by a committed run; all of them where no bookmark is kept."""
        listed = list(objects)
        if not (self._spec.enabled and self._initialized and transformation_ctx):
            return listed
        before = self._state.get(transformation_ctx)
        fresh = [item for item in listed if before is None or _is_new(item, before)]
        self._reading[transformation_ctx] = _advance(before, listed)
        return fresh

    def commit(self) -> None:
        """From ``Job.commit``."""
        if not (self._spec.enabled and self._initialized) or self._spec.pause:
            return
        self._state = {**self._state, **self._reading}
        self.committed = True


def _is_new(item: S3Object, before: dict[str, Any]) -> bool:
    if item.last_modified > datetime.fromisoformat(before["until"]):
        return True
    recent = item.last_modified >= datetime.fromisoformat(before["until"]) - BAND
    return recent and [item.url, item.etag] not in before["seen"]


def _advance(before: dict[str, Any] | None, listed: list[S3Object]) -> dict[str, Any] | None:
    if not listed:
        return before
    newest = max(item.last_modified for item in listed)
    if before is not None:
        newest = max(newest, datetime.fromisoformat(before["until"]))
    seen = [[item.url, item.etag] for item in listed if item.last_modified >= newest - BAND]
    return {"until": newest.isoformat(), "seen": seen}
