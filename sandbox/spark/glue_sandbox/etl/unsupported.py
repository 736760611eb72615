"""How the sandbox refuses what only real Glue has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn, TypeVar

Class = TypeVar("Class", bound=type)


def refuse(feature: str) -> NoReturn:
    """:raises NotImplementedError: always"""
    raise NotImplementedError(f"{feature}: AWS Glue has this, the sandbox has not")


def check_options(feature: str, options: Mapping[str, Any], known: Iterable[str]) -> None:
    """:raises NotImplementedError: naming an option that is not among those known"""
    for name in options.keys() - set(known):
        refuse(f"{feature} option {name}")


def refusing(*names: str) -> Callable[[Class], Class]:
    """Gives a class methods that refuse, so that calling them says why."""

    def decorate(cls: Class) -> Class:
        for name in names:
            setattr(cls, name, _refusing_method(f"{cls.__name__}.{name}"))
        return cls

    return decorate


def _refusing_method(feature: str) -> Callable[..., NoReturn]:
    def method(*_: Any, **__: Any) -> NoReturn:
        refuse(feature)

    return method
