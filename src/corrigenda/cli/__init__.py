"""The command line: one module a verb, data on standard output, messages on standard error."""

from __future__ import annotations

import os
import sys
import traceback

import click

from corrigenda.cli import apply, correct, edition, lexicon, ocr, run, score, train
from corrigenda.cli.output import forgive_streams
from corrigenda.errors import CorrigendaError

__all__ = ["cli", "main"]

_INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="corrigenda")
def cli() -> None:
    """Correct the OCR of archival records, and account for every word changed.

    \b
    The whole way for one file, with its published edition as a witness:
        corrigenda run letter.txt --witness edition.txt -o out
    """


for _command in (
    run.run, ocr.ocr, correct.correct, apply.apply, apply.undo, score.score, lexicon.lexicon, train.train,
    edition.edition,
):  # fmt: skip
    cli.add_command(_command)


def main() -> None:
    """Run the command line and leave with the exit code that docs/cli.md documents."""
    sys.exit(_status())


def _status() -> int:
    forgive_streams()
    try:
        # Not cli.main(), which would end on a closed pipe with status 1 before the handler below could see it.
        with cli.make_context("corrigenda", sys.argv[1:]) as context:
            cli.invoke(context)
    except (click.exceptions.Exit, click.ClickException, CorrigendaError) as ended:
        _say(ended)
        return ended.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("corrigenda: interrupted; finished documents are complete, the one at work left nothing", err=True)
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe has seen enough (`| head`); Python would complain once more when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 (the last resort: a user gets a sentence, and the trace to report)
        traceback.print_exc()
        click.echo(
            f"corrigenda: unexpected {type(error).__name__}: {error}. Please report it with the lines above", err=True
        )
        return 1
    return 0


def _say(ended: Exception) -> None:
    if isinstance(ended, click.ClickException):
        ended.show()
    elif isinstance(ended, CorrigendaError):
        click.echo(f"corrigenda: {ended}", err=True)
