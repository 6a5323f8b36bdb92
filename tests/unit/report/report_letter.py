"""A small invented letter with a mark of every kind, hostile text, and its transcription, for the report's tests."""

from dataclasses import replace

from corrigenda.correct.apply import apply
from corrigenda.score.values import (
    ClassCounts,
    Confusion,
    Counts,
    Disputed,
    Evaluation,
    Measured,
    Outcome,
    Score,
    Verdict,
)
from corrigenda.values import (
    Corrected,
    Correction,
    CorrectionKind,
    Document,
    Evidence,
    Flag,
    FlagKind,
    Intake,
    Segment,
    SegmentKind,
    Source,
    Span,
    Suggestion,
    Transcript,
)

HOSTILE = "<script>alert('1')</script> \"Tom\" & \x07Jerry </td>"

_PARTS = (
    (SegmentKind.MARKING, "~~SECRET~~"),
    (SegmentKind.BODY, "I arn sending\nyou the K-23's, which the Soviet Goverment is to withdraw in a period."),
    (SegmentKind.STAMP, "DECLASSIFIED NND 12"),
    (SegmentKind.BODY, f"We gave over it more. {HOSTILE} The shifts were odd; Alistair said so, zqx and all."),
    (SegmentKind.CLOSING, "Sincerely,"),
)
_TRUTHS = (
    (
        SegmentKind.BODY,
        "I am sending\nyou the IL-28's, which the Soviet Government is to withdraw in a period of time.",
    ),
    (SegmentKind.BODY, f"We have gone over it here. {HOSTILE} The shift was odd; Adlai said so, and that is all."),
    (SegmentKind.CLOSING, "Sincerely,"),
)


def _joined(parts):
    text, segments = "", []
    for kind, part in parts:
        start = len(text)
        segments.append(Segment(span=Span(start=start, end=start + len(part)), kind=kind, why=f"rule <{kind}>"))
        text += part + "\n\n"
    return text, tuple(segments)


def _source(path):
    return Source(path=path, sha256="ab" * 32, encoding="windows-1252", bom=False, line_ends="lf", engine="<engine> 5")


TEXT, SEGMENTS = _joined(_PARTS)
TRUTH, TRUTH_SEGMENTS = _joined(_TRUTHS)

DOCUMENT = Document(
    id="letter <1>",
    text=TEXT,
    pages=(Span(start=0, end=TEXT.index("DECL")), Span(start=TEXT.index("DECL"), end=len(TEXT))),
    words=(),
    segments=SEGMENTS,
    source=_source("in/<letter>.txt"),
)
TRANSCRIPT = Transcript(
    document_id=DOCUMENT.id, text=TRUTH, segments=TRUTH_SEGMENTS, source=_source("in/<letter>.gt.txt")
)


def at(words):
    """The span of `words` in the letter."""
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words))


def _correction(before, after, kind, probability=0.97, span=None):
    evidence = (
        Evidence(
            rule="edition", says=f"it reads <{after}>", figure=0.875, citation=f"FRUS & Co., on {after or 'nothing'}"
        ),
        Evidence(rule="lexicon", says=f"{before!r} is rare"),
    )
    return Correction(
        span=at(before) if span is None else span,
        before=before,
        after=after,
        kind=kind,
        probability=probability,
        evidence=evidence,
    )


_PLACE = at("period").end
CORRECTIONS = (
    _correction("arn", "am", CorrectionKind.CHARACTER),
    _correction("K-23's", "IL-23's", CorrectionKind.NUMBER),
    _correction("Goverment", "Govern ment", CorrectionKind.SPACING),
    _correction("", " of time", CorrectionKind.RESTORATION, span=Span(start=_PLACE, end=_PLACE)),
    _correction("Tom", "Torn", CorrectionKind.REAL_WORD, probability=0.998),
    _correction("zqx ", "", CorrectionKind.CHARACTER),
)
OUTCOMES = (
    (Outcome.FIXED, "am"),
    (Outcome.IMPROVED, "IL-28's"),
    (Outcome.STILL_WRONG, "Government"),
    (Outcome.FIXED, "of time"),
    (Outcome.HARMED, "Tom"),
    (Outcome.UNSCORABLE, None),
)
FLAGS = (
    Flag(
        span=at("more"),
        kind=FlagKind.DOUBTFUL,
        why="odd <here>",
        suggestions=(Suggestion(text="here & now", probability=0.4), Suggestion(text="mere", probability=0.004)),
    ),
    Flag(span=at("odd;"), kind=FlagKind.DOUBTFUL, why="a rare word"),
    Flag(
        span=at("shifts were"),
        kind=FlagKind.EDITION_VARIANT,
        why="grammar: the edition prints 'shift was'",
        citation="FRUS, document 5",
    ),
    # It lies over a correction, so it belongs to that correction's mark.
    Flag(span=at('"Tom" &'), kind=FlagKind.DOUBTFUL, why="quoted oddly"),
)


def _missed(words, truth):
    return Verdict(span=at(words), before=words, after=words, truth=truth, outcome=Outcome.MISSED)


VERDICTS = (
    *(
        Verdict(
            span=c.span,
            before=c.before,
            after=c.after,
            truth=truth,
            outcome=outcome,
            correction=c,
            broken=outcome is Outcome.HARMED,
        )
        for c, (outcome, truth) in zip(CORRECTIONS, OUTCOMES, strict=True)
    ),
    _missed("gave", "have gone"),
    _missed("more", "here"),
    _missed("Alistair", "Adlai"),
)
CORRECTED = Corrected(
    document_id=DOCUMENT.id,
    text=apply(TEXT, CORRECTIONS),
    corrections=CORRECTIONS,
    flags=FLAGS,
    signature="corrigenda <9.9>",
)


def _scores(value):
    counts = Counts(hits=1500, substitutions=20, deletions=3, insertions=7)
    return tuple(
        Score(name=name, profile=profile, value=value, counts=counts)
        for profile in ("strict", "folded", "hipe")
        for name in ("cer", "wer")
    )


EVALUATION = Evaluation(
    document_id=DOCUMENT.id,
    group=DOCUMENT.id,
    headline="folded",
    before=Measured(
        scores=_scores(0.0604),
        confusions=(Confusion(truth="m", read="rn", count=4), Confusion(truth="", read="\x07", count=1)),
        characters=(ClassCounts(name="small letter", counts=Counts(hits=1200, substitutions=12)),),
        words=(ClassCounts(name="name", counts=Counts(hits=30, substitutions=2)),),
    ),
    after=Measured(
        scores=_scores(0.0196),
        confusions=(Confusion(truth="m", read="rn", count=3),),
        characters=(ClassCounts(name="small letter", counts=Counts(hits=1209, substitutions=3)),),
        words=(ClassCounts(name="name", counts=Counts(hits=31, substitutions=1)),),
    ),
    verdicts=VERDICTS,
    flags=(),
    sureness=(),
    disputed=(
        Disputed(span=at("Alistair"), ocr="Alistair", reading="Adlai <E.>", siglum="edition", transcription="Adlai"),
        Disputed(span=Span(start=0, end=0), ocr="", reading="nowhere", siglum="edition", transcription="no"),
    ),
    left_out=((SegmentKind.MARKING, 1), (SegmentKind.STAMP, 3)),
    marks=1,
    set_aside=2,
    right_words=40,
    signature="corrigenda <9.9>",
)
# The same letter where nothing was corrected, only scored.
UNTOUCHED = Corrected(document_id=DOCUMENT.id, text=TEXT, corrections=(), flags=(), signature="scored")
ONLY_SCORED = replace(
    EVALUATION, after=EVALUATION.before, verdicts=tuple(v for v in VERDICTS if not v.correction), disputed=()
)
INTAKE = Intake(document=DOCUMENT, transcript=TRANSCRIPT, aside="")
