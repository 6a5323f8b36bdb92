"""The options of the verbs that correct, as people write them."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from corrigenda.cli.options import correcting


@click.command()
@correcting
def told(**chosen: object) -> None:
    """Print the limit of harm that was understood."""
    click.echo(chosen["max_harm"])


@pytest.mark.parametrize("written", ["0.2", "0.2%", "0.2 %", " .20%"])
def test_a_limit_of_harm_may_have_its_sign(written: str):
    """The option asks for per cent, so the sign behind the number changes nothing."""
    done = CliRunner().invoke(told, ["--max-harm", written])
    assert (done.exit_code, done.stdout) == (0, "0.2\n")


@pytest.mark.parametrize("written", ["%", "0.2%%", "101%", "-1%", "nan%", "%0.2", "0.2 per cent"])
def test_what_is_no_percentage_is_refused(written: str):
    """Neither a sign alone nor two of them, nothing outside 0 to 100, and no words."""
    assert CliRunner().invoke(told, ["--max-harm", written]).exit_code == 2


def test_the_limit_is_a_tenth_of_a_per_cent_where_none_is_given():
    """What the model's documentation calls the default is what the command line takes."""
    assert CliRunner().invoke(told, []).stdout == "0.1\n"
