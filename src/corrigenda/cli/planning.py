"""`corrigenda score --plan`: how many documents to transcribe, and which."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import PurePosixPath

import click

from corrigenda.cli import tables
from corrigenda.cli.output import echo_json
from corrigenda.cli.scoring import How, Scored
from corrigenda.errors import BadInputError
from corrigenda.files.pairing import readings
from corrigenda.report.scores import plan_record
from corrigenda.score.metrics import base_of
from corrigenda.score.plan import PilotDocument, allocate, draw, plan

__all__ = ["tell"]

_MEASURE = "cer"
_ENGINE = re.compile(r"\.[^./]*\Z")


def tell(pilot: Scored, points: float, collection: str | None, how: How) -> bytes:
    """Print the plan for ± `points` percentage points, and the documents drawn from the folder `collection`.

    The strata are the folders in it; what the pilot holds already is not drawn again, and where the collection holds
    fewer than are needed all of it is drawn. Returns the plan as JSON. Raises BadInputError where the
    pilot is one document.
    """
    documents = pilot.corpus.documents
    if pilot.corpus.groups < len(documents):
        raise BadInputError(
            where="the pilot",
            what=f"is grouped ({pilot.corpus.groups} groups), and a plan counts documents, each for itself",
            remedy="Score one document of each group, or records without a group",
        )
    if len(documents) < 2:
        raise BadInputError(
            where="the pilot", what="is one document, from which no spread can be told", remedy="Score a few more"
        )
    known = {name for d in documents for name in (d.document_id, re.sub(_ENGINE, "", d.document_id))}
    strata = _strata(collection, known, how) if collection else {}
    scores = [d.before.score(_MEASURE, how.headline) for d in documents]
    made = plan(
        [PilotDocument(errors=s.counts.errors, base=base_of(_MEASURE, s.counts)) for s in scores],
        wanted=points / 100,
        pages=len(documents) + sum(map(len, strata.values())) if collection else None,
    )
    drawn: dict[str, list[str]] = {}
    if strata and made.more:
        pages = {name: len(ids) for name, ids in strata.items()}
        # Two of each stratum at least, or all that it has, so that the sample says something of every one.
        least = sum(min(2, count) for count in pages.values())
        drawn = draw(strata, allocate(min(max(made.more, least), sum(pages.values())), pages))
    record = plan_record(made, _MEASURE, how.headline.value, drawn)
    if how.talk.as_json:
        echo_json(record, indent=1)
    else:
        if not how.talk.quiet:
            tables.show(tables.plan(made, _MEASURE, drawn))
        for one in (one for ids in drawn.values() for one in ids):
            click.echo(one)
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _strata(collection: str, known: set[str], how: How) -> dict[str, list[str]]:
    """The ids of the collection that the pilot does not hold, by the folder that they lie in."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in readings(collection, ocr_pattern=how.ocr_pattern, truth_pattern=how.truth_pattern):
        # A pilot named x.ENGINE holds the page x, and the other way round.
        if known.isdisjoint({name, re.sub(_ENGINE, "", name)}):
            found[str(PurePosixPath(name).parent)].append(name)
    return dict(found)
