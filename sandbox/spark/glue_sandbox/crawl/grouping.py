"""Which files make a table (developer guide, crawler-s3-folder-table-partition)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .file_schema import FileSchema
from .found_file import FoundFile

Folder = tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Files of one table: all of a folder's, or a single one of a folder whose files differ."""

    root: Folder
    files: tuple[FoundFile, ...]
    schema: FileSchema
    single_file: bool = False


def group_files(
    files: Iterable[FoundFile], root: Folder, level: int | None, combine_compatible: bool
) -> Iterator[Group]:
    """Tables below a target.

    A folder is a table when all files below it are alike: format, schema, depth and names of ``key=value``
    folders. Otherwise its subfolders are tried one by one, and its own files become tables of their own.
    """
    found = [file for file in files if level is None or len(file.folder) >= level]
    if not found:
        return
    if level is not None and len(root) < level:
        yield from _below(found, root, level, combine_compatible)
        return
    schema = _common_schema(found, len(root), combine_compatible)
    if schema is None:
        yield from _below(found, root, level, combine_compatible)
    elif level is None and _is_wrapper(found, root):
        yield from group_files(found, found[0].folder[: len(root) + 1], level, combine_compatible)
    else:
        yield Group(root, tuple(found), schema)


def _below(
    found: list[FoundFile], root: Folder, level: int | None, combine_compatible: bool
) -> Iterator[Group]:
    depth = len(root)
    for file in found:
        if len(file.folder) == depth and file.schema:
            yield Group(root, (file,), file.schema, single_file=True)
    for folder in sorted({file.folder[: depth + 1] for file in found if len(file.folder) > depth}):
        inside = [file for file in found if file.folder[: depth + 1] == folder]
        yield from group_files(inside, folder, level, combine_compatible)


def _common_schema(found: list[FoundFile], depth: int, combine_compatible: bool) -> FileSchema | None:
    if len({_partition_names(file.folder[depth:]) for file in found}) > 1:
        return None
    merged: FileSchema | None = None
    for schema in (file.schema for file in found if file.schema):
        if merged and not merged.is_similar(schema, combine_compatible):
            return None
        merged = merged.merged(schema) if merged else schema
    return merged


def _partition_names(folders: Folder) -> Folder:
    return tuple(partition_name(folder, place) for place, folder in enumerate(folders))


def partition_name(folder: str, place: int) -> str:
    """``key`` of a ``key=value`` folder, ``partition_<place>`` of any other one."""
    key, separator, _ = folder.partition("=")
    return key.lower() if key and separator else f"partition_{place}"


def _is_wrapper(found: list[FoundFile], root: Folder) -> bool:
    """A folder that holds nothing but one other, plain folder is no table."""
    inner = {file.folder[len(root)] if len(file.folder) > len(root) else "=" for file in found}
    return len(inner) == 1 and "=" not in inner.pop()
