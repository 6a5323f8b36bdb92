"""A job over many documents: one bad file does not stop it, and all that failed is listed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from corrigenda.cli.options import Talk
from corrigenda.errors import CorrigendaError, OutputError, PartialFailureError
from corrigenda.files.inputs import Input

__all__ = ["each", "watched"]


def each(inputs: Sequence[Input], work: Callable[[Input], None], *, talk: Talk) -> None:
    """Do `work` on every input with progress on standard error.

    Where there is one input its own error is raised; where there are several, PartialFailureError lists those
    that failed.
    """
    failed: list[CorrigendaError] = []
    for one in watched(inputs, talk):
        try:
            work(one)
        except CorrigendaError as error:
            if len(inputs) == 1:
                raise
            failed.append(error)
    if failed:
        for failure in failed:
            click.echo(f"failed: {failure}", err=True)
        raise _failure(failed, len(inputs))


def _failure(failed: Sequence[CorrigendaError], documents: int) -> PartialFailureError:
    """What became of a job of so many `documents`, and what to do about those that failed.

    A file is not at fault where something was in the way of its results.
    """
    misplaced = any(isinstance(error, OutputError) for error in failed)
    mend = "Do as each of them says, and run again" if misplaced else "Mend or leave out those files and run again"
    done = documents - len(failed)
    return PartialFailureError(
        where=f"{len(failed)} of {documents} documents",
        what=f"failed, for the reasons above; {'all others are done' if done else 'none is done'}",
        remedy=f"{mend}: finished results are replaced quietly" if done else mend,
    )


class Named(Protocol):
    """What progress can be told of."""

    @property
    def id(self) -> str:
        """Its name."""


T = TypeVar("T", bound=Named)


def watched(inputs: Sequence[T], talk: Talk) -> Iterable[T]:
    """The inputs one by one, with progress on standard error where a person sees it."""
    console = Console(stderr=True)
    if talk.quiet or talk.no_progress or len(inputs) < 2 or not console.is_terminal:
        yield from inputs
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(inputs))
        for one in inputs:
            progress.update(task, description=escape(one.id[-40:]))
            yield one
            progress.advance(task)
