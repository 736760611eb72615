"""The one Glue JVM class that the published transforms use and that plain Python can stand in for."""

from __future__ import annotations

from typing import Any


class JvmWithRecordUtils:
    """The JVM's view with ``RecordUtils``, which ``DropNullFields`` quotes names with."""

    def __init__(self, jvm: Any) -> None:
        self._jvm = jvm
        self.RecordUtils = RecordUtils

    def __getattr__(self, name: str) -> Any:
        return getattr(self._jvm, name)


class RecordUtils:
    @staticmethod
    def quoteName(name: str) -> str:  # noqa: N802
        return f"`{name}`" if "." in name else name
