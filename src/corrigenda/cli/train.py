"""`corrigenda train`: learn from OCR beside its truth what an engine misreads, and how sure a correction must be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corrigenda.cli.options import PATH, say_language
from corrigenda.cli.output import echo_json
from corrigenda.correct import store as models
from corrigenda.correct.corrector import Options
from corrigenda.correct.model import Model
from corrigenda.files.neural import open_neural
from corrigenda.files.outputs import prepare_folder
from corrigenda.files.training import FEWEST_GROUPS, read_lessons
from corrigenda.files.training import train as learn_from
from corrigenda.ingest.records import ENGINE_FIELD, GROUP_FIELD
from corrigenda.learn.confidence import FEWEST_PLACES
from corrigenda.lexicon import store
from corrigenda.report.harm import LIMITS, harm_in_words, harm_record

__all__ = ["train"]


@click.command()
@click.argument("pairs", nargs=-1, required=True, metavar="PAIRS.jsonl...", type=PATH)
@click.option(
    "-o", "--output", required=True, type=PATH, metavar="DIR", help="The model's folder; its name is the model's."
)
@click.option(
    "--lexicon",
    "lexicons",
    metavar="NAME|DIR,...",
    default=store.DEFAULT,
    show_default=True,
    help="Lexicons to learn with: shipped ones and folders. They should not hold the text of the pairs.",
)
@click.option(
    "--rendered",
    multiple=True,
    metavar="FILE.jsonl",
    type=PATH,
    help="Pairs whose pages were made for learning, with fields engine and group; what a correction is worth is not "
    "judged by them. Repeatable.",
)
@click.option(
    "--confidences",
    "confident",
    multiple=True,
    metavar="FILE.jsonl",
    type=PATH,
    help="Pairs of pages made for learning, with fields engine and confidences (a list, 0 to 1 for each word of ocr), "
    "and if need be alternatives (a list of other readings for each): from them it is learned what the engine's own "
    "confidences and alternatives are worth, and nothing else. Repeatable.",
)
@click.option(
    "--neural",
    is_flag=True,
    help="Learn from the pages of --confidences what the word of a neural language model is worth (extra neural).",
)
@click.option(
    "--engine-field",
    default=ENGINE_FIELD,
    show_default=True,
    metavar="FIELD",
    help="The field of PAIRS that names what read the record.",
)
@click.option(
    "--group-field",
    default=GROUP_FIELD,
    show_default=True,
    metavar="FIELD",
    help="The field of PAIRS that names what belongs together: readings of one page, pages of one document.",
)
@click.option("--json", "as_json", is_flag=True, help="What was learned from what, as JSON on standard output.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def train(
    pairs: tuple[Path, ...],
    output: Path,
    lexicons: str,
    rendered: tuple[Path, ...],
    confident: tuple[Path, ...],
    *,
    as_json: bool,
    quiet: bool,
    **chosen: Any,
) -> None:
    """Learn a model from OCR texts beside what the pages have.

    PAIRS.jsonl has a record on each line: id, ocr and gt, and where there are any engine and group. A page's own text
    in the lexicon makes corrections look surer than they are: leave it out with lexicon build --exclude. An earlier
    model in DIR is replaced by the new one when that is whole.

    \b
    Examples:
        corrigenda train pairs.jsonl -o my-scanner
        corrigenda train pairs.jsonl --rendered made.jsonl --lexicon held-apart -o my-scanner
        corrigenda correct box12/ --model my-scanner -o cleaned
    """  # fmt: skip
    if chosen["neural"] and not confident:
        raise click.UsageError("--neural learns from the pages of --confidences, and none are given")
    models.refuse_foreign(output)
    prepare_folder(output.parent)
    given = [
        read_lessons(path, group_field=chosen["group_field"], engine_field=chosen["engine_field"]) for path in pairs
    ]
    given += [read_lessons(path, rendered=True) for path in rendered]
    sure = [read_lessons(path, rendered=True) for path in confident]
    say = _silent if quiet else _say
    for one in (*given, *sure):
        say(f"{one.source.file}: {one.source.passages:,} passages, {one.source.words:,} words")
    say_language(lexicons, say)
    model = learn_from(
        given,
        confident=sure,
        name=output.name,
        created=store.creation_date(),
        lexicons=lexicons,
        neural=open_neural() if chosen["neural"] else None,
        on_step=lambda step: say(f"learning: {step}"),
    )
    models.save_model(model, output)
    for limit in LIMITS:
        say(harm_in_words(model.gate, limit))
    if model.vote:
        say(f"with another reading of the page: {harm_in_words(model.vote, Options().max_harm)}")
    else:
        say(f"no vote between readings is learned: fewer than {FEWEST_GROUPS} groups have two of a passage")
    for engine in sorted(model.confidence):
        say(f"confidences of {engine} are weighed")
    if confident and not model.confidence:
        say(f"no confidences are weighed: of no engine of the pairs {FEWEST_PLACES} doubtful words have one")
    if chosen["neural"]:
        few = f"is not weighed: the pages have fewer than {FEWEST_PLACES} doubtful words"
        learned = "is weighed" if model.neural else few
        say(f"a neural language model's word {learned}")
    say(f"{output}: use it with --model {output}")
    if as_json:
        echo_json(_record(model, output))


def _say(message: str) -> None:
    click.echo(message, err=True)


def _silent(_: str) -> None:
    pass


def _record(model: Model, output: Path) -> dict[str, Any]:
    return {
        "model": str(output),
        "name": model.name,
        "sha256": model.sha256,
        "corrigenda": model.version,
        "created": model.created,
        "lexicon": model.lexicon,
        "sources": [
            {"file": s.file, "sha256": s.sha256, "passages": s.passages, "words": s.words} for s in model.sources
        ],
        "channels": {name: len(channel.edits) for name, channel in sorted(model.channels.items())},
        "harm": [harm_record(model.gate, limit) for limit in LIMITS],
        "confidence": {
            name: {"weight": one.weight, "bias": one.bias, "alternative": one.alternative}
            for name, one in sorted(model.confidence.items())
        },
        "neural": model.neural is not None,
        "vote": [harm_record(model.vote, limit) for limit in LIMITS] if model.vote else None,
    }
