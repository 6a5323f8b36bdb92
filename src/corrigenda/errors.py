"""The errors that corrigenda raises: each says where, what is wrong and the remedy, and owns its exit code.

Library functions raise them; only the command line turns them into an exit status (`docs/cli.md` lists the codes).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Self

__all__ = [
    "BadInputError",
    "CorrigendaError",
    "EditionError",
    "LexiconError",
    "MissingToolError",
    "OutputError",
    "PairingError",
    "PartialFailureError",
]


class CorrigendaError(Exception):
    """Base of all errors that a user can mend."""

    exit_code: ClassVar[int] = 1

    def __init__(self, *, where: str, what: str, remedy: str) -> None:
        """`where` is the file (and the line, if known), `what` the fact, `remedy` the user's next step."""
        super().__init__(f"{where}: {what}. {remedy}")
        self.where = where
        self.what = what
        self.remedy = remedy

    def __reduce__(self) -> tuple[Callable[[], Self], tuple[()]]:
        """How to make it again in another process, since pickle gives no arguments by name."""
        return partial(type(self), where=self.where, what=self.what, remedy=self.remedy), ()


class OutputError(CorrigendaError):
    """The place asked for cannot take the results: not writable, or something foreign is in the way."""

    exit_code = 2


class BadInputError(CorrigendaError):
    """A file that was given cannot be read as what it was given for."""

    exit_code = 3


class PairingError(BadInputError):
    """Two texts that were said to be of the same page do not look like it."""


class MissingToolError(CorrigendaError):
    """A program or an optional package that is needed is not installed."""

    exit_code = 4


class LexiconError(CorrigendaError):
    """A lexicon folder is missing, damaged, or of another format than this version reads."""

    exit_code = 5


class EditionError(CorrigendaError):
    """An index of an edition is missing, damaged, or of another format than this version reads."""

    exit_code = 5


class PartialFailureError(CorrigendaError):
    """The job finished, but some of its documents failed; their errors were reported one by one."""

    exit_code = 6
