"""What a script finds around it: working directory, extra files, importable modules."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from ..spec import JobSpec

SANDBOX = Path(__file__).resolve().parents[2]


def enter_work_folder(spec: JobSpec) -> None:
    """``--extra-files`` lie in the working directory."""
    spec.work_folder.mkdir(parents=True, exist_ok=True)
    for file in spec.extra_files:
        shutil.copy2(file, spec.work_folder / file.name)
    os.chdir(spec.work_folder)


def make_importable(spec: JobSpec) -> list[str]:
    """Puts the script's folder and ``--extra-py-files`` first; gives the entries that workers need too."""
    libraries = [str(file.parent if file.suffix == ".py" else file) for file in spec.extra_py_files]
    entries = [str(spec.script.parent), *libraries, str(SANDBOX)]
    sys.path[:] = entries + [entry for entry in sys.path if entry not in entries]
    return entries
