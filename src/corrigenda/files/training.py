"""Learning a model from files of readings beside their truth."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from corrigenda.correct.model import BASE, Model, ModelSource
from corrigenda.correct.neural import NeuralModel
from corrigenda.correct.store import as_stored, content_hash
from corrigenda.errors import BadInputError
from corrigenda.files.engines import open_language, open_words
from corrigenda.files.inputs import read_bytes
from corrigenda.ingest.records import ENGINE_FIELD, GROUP_FIELD, Record, read_records
from corrigenda.learn.confidence import learn_confidence
from corrigenda.learn.lessons import Lesson
from corrigenda.learn.model import learn
from corrigenda.learn.neural import learn_neural
from corrigenda.text import Profile, join_broken_words, normalise

__all__ = ["FEWEST_GROUPS", "FEWEST_WRONG_WORDS", "Lessons", "read_lessons", "train"]

FEWEST_GROUPS = 5
"""How many groups are needed: the judge of corrections is tried on groups that it never saw, a fifth at a time."""
FEWEST_WRONG_WORDS = 200
"""How many misread words are needed: with fewer, every misreading that is learned was seen once or never."""
_MOST_BYTES = 1 << 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Lessons:
    """What one file has to teach, in its order, and where it came from."""

    source: ModelSource
    lessons: tuple[Lesson, ...]


def read_lessons(
    path: Path, *, group_field: str = GROUP_FIELD, engine_field: str = ENGINE_FIELD, rendered: bool = False
) -> Lessons:
    """Read a JSONL file of records with `id`, `ocr`, `gt`, and where they have them group and engine.

    A record without a group is one of its own, and one without an engine teaches the channel of all. Records of which
    nothing was read, or that have no truth, teach nothing and are left out. `rendered` says that the pages were made
    for learning. Raises `BadInputError` with line and field where the file is not such a one.
    """
    data = read_bytes(str(path), most=_MOST_BYTES)
    sha256 = hashlib.sha256(data).hexdigest()
    records = read_records(data, path=str(path), group_field=group_field, engine_field=engine_field)
    lessons = tuple(_lesson(r, sha256, rendered=rendered) for r in records if r.ocr.strip() and r.truth.strip())
    return Lessons(
        source=ModelSource(
            file=path.name,
            sha256=sha256,
            passages=len(lessons),
            words=sum(len(lesson.truth.split()) for lesson in lessons),
        ),
        lessons=lessons,
    )


def _lesson(record: Record, sha256: str, *, rendered: bool) -> Lesson:
    return Lesson(
        # Ids are a file's own: record 1 of one file has nothing to do with record 1 of another.
        group=record.group or f"{sha256}:{record.id}",
        engine=record.engine or BASE,
        reading=record.ocr,
        truth=record.truth,
        rendered=rendered,
        confidences=record.confidences,
        alternatives=record.alternatives,
    )


def train(
    given: Iterable[Lessons],
    *,
    confident: Iterable[Lessons] = (),
    name: str,
    created: str,
    lexicons: str,
    neural: NeuralModel | None = None,
    on_step: Callable[[str], None] | None = None,
) -> Model:
    """Learn a model with the lexicons `lexicons` (by comma, by name or folder) and their language model.

    What an engine's confidences and alternatives are worth, and the word of a `neural` language model, is learned from
    `confident` alone, and nothing else is, so that the gate is asked about pages that it never saw. The files are taken
    in the order of their names, so that the same files give the same model. Raises `BadInputError` where they are too
    little to learn from, or one is given twice.
    """
    files, sure = (sorted(some, key=lambda one: (one.source.file, one.source.sha256)) for some in (given, confident))
    _refuse_repeated([*files, *sure])
    lessons = [lesson for one in files for lesson in one.lessons]
    _refuse_too_little(lessons, ", ".join(one.source.file for one in files))
    words, language = open_words(lexicons), open_language(lexicons)
    channels, gate, vote = learn(lessons, words, language, on_step=on_step)
    unseen = [lesson for one in sure for lesson in one.lessons]
    confidence = learn_confidence(unseen, words, language, channels, gate)
    if neural and on_step:
        on_step("neural")
    # What the rounding of a stored gate changes, trees of few figures would notice.
    told = learn_neural(unseen, words, language, *as_stored(channels, gate), neural) if neural else None
    return Model(
        name=name,
        version=metadata.version("corrigenda"),
        created=created,
        lexicon=(
            f"{words.lexicon.name}@{words.lexicon.sha256}, language model {language.about.name}@{language.sha256}"
        ),
        sources=tuple(one.source for one in (*files, *sure)),
        channels=channels,
        gate=gate,
        sha256=content_hash(channels, gate, vote, confidence, (told, neural.name) if told and neural else None),
        vote=vote,
        confidence=confidence,
        neural=told,
        neural_model=neural.name if told and neural else "",
    )


def _refuse_repeated(files: Sequence[Lessons]) -> None:
    first: dict[str, str] = {}
    for one in files:
        if one.source.sha256 in first:
            raise BadInputError(
                where=one.source.file,
                what=f"is the same file as {first[one.source.sha256]}",
                remedy="Give each file once, as pairs or as rendered pages",
            )
        first[one.source.sha256] = one.source.file


def _refuse_too_little(lessons: Sequence[Lesson], where: str) -> None:
    judged = [lesson for lesson in dict.fromkeys(lessons) if not lesson.rendered]
    groups, wrong = len({lesson.group for lesson in judged}), sum(map(_wrong_words, judged))
    if groups < FEWEST_GROUPS or wrong < FEWEST_WRONG_WORDS:
        raise BadInputError(
            where=where,
            what=f"{groups} groups with {wrong} misread words are too little to learn from",
            remedy=f"Give {FEWEST_GROUPS} groups (pages that have nothing to do with each other) with "
            f"{FEWEST_WRONG_WORDS} misread words at least; rendered pages do not count",
        )


def _wrong_words(lesson: Lesson) -> int:
    """How many words of the reading, or of the truth, stand against nothing or another word."""
    read, truth = (normalise(join_broken_words(t), Profile.HIPE).split() for t in (lesson.reading, lesson.truth))
    return Levenshtein.distance(read, truth)
