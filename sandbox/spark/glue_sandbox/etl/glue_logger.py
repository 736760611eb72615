"""``GlueContext.get_logger()``."""

from __future__ import annotations

import sys
import time


class GlueLogger:
    """Writes to stderr, the way Spark's log looks, whatever Spark's log level is."""

    def debug(self, message: object) -> None:
        """Glue's own level is INFO."""

    def info(self, message: object) -> None:
        self._write("INFO", message)

    def warn(self, message: object) -> None:
        self._write("WARN", message)

    def error(self, message: object, *_: object) -> None:
        self._write("ERROR", message)

    def _write(self, level: str, message: object) -> None:
        now = time.strftime("%y/%m/%d %H:%M:%S", time.gmtime())
        print(f"{now} {level} GlueLogger: {message}", file=sys.stderr, flush=True)
