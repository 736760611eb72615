"""What a run leaves for the Glue front."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Result:
    """A run's end; ``bookmark`` counts only when ``committed``."""

    error_message: str | None = None
    bookmark: dict[str, Any] | None = None
    committed: bool = False

    def write(self, file: Path) -> None:
        content = {
            "state": "SUCCEEDED" if self.error_message is None else "FAILED",
            "errorMessage": self.error_message,
            "bookmark": self.bookmark,
            "committed": self.committed,
        }
        partial = file.with_suffix(".partial")
        partial.write_text(json.dumps(content), "utf-8")
        os.replace(partial, file)
