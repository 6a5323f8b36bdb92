"""Corrigenda: corrects the OCR of archival government records, and accounts for every word it changed.

The whole way for one file, as the command line goes it:

    from pathlib import Path

    import corrigenda

    setup = corrigenda.Setup(engine=corrigenda.open_engine())
    intake = corrigenda.read(Path("letter.txt").read_bytes(), path="letter.txt", document_id="letter")
    result = corrigenda.run(intake, setup)
    print(result.corrected.text)
    for correction in result.corrected.corrections:
        print(correction.before, "->", correction.after, correction.evidence)

And how good one text is, without any of that:

    for score in corrigenda.scores("tbe men", "the men", corrigenda.Profile.FOLDED):
        print(score.name, score.value, score.counts)
"""

from corrigenda.correct.apply import apply, inverted
from corrigenda.correct.corrector import Options
from corrigenda.edition.collate import collate
from corrigenda.edition.index import open_index
from corrigenda.edition.match import matches
from corrigenda.errors import CorrigendaError
from corrigenda.files.engines import open_engine
from corrigenda.ingest.formats import read, read_transcript
from corrigenda.ingest.frus_text import read_edition
from corrigenda.lexicon.store import combine, find, load
from corrigenda.lexicon.words import WordIndex
from corrigenda.pipeline import Result, Setup, run
from corrigenda.score.corpus import Corpus, corpus
from corrigenda.score.corrections import correction_scores
from corrigenda.score.evaluate import evaluate
from corrigenda.score.metrics import scores
from corrigenda.score.values import Evaluation, Verdict
from corrigenda.text import Profile
from corrigenda.values import Corrected, Correction, Document, Evidence, Flag, Intake, Segment, Span, Transcript

__all__ = [
    "Corpus",
    "Corrected",
    "Correction",
    "CorrigendaError",
    "Document",
    "Evaluation",
    "Evidence",
    "Flag",
    "Intake",
    "Options",
    "Profile",
    "Result",
    "Segment",
    "Setup",
    "Span",
    "Transcript",
    "Verdict",
    "WordIndex",
    "apply",
    "collate",
    "combine",
    "corpus",
    "correction_scores",
    "evaluate",
    "find",
    "inverted",
    "load",
    "matches",
    "open_engine",
    "open_index",
    "read",
    "read_edition",
    "read_transcript",
    "run",
    "scores",
]
