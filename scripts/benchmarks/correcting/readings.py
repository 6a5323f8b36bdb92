"""Two readings of the same passage of the same record: what the second one is worth, cross-validated by cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from correcting.data import Passage, lessons
from correcting.judge import Judged, judge
from correcting.learned import FOLDS, School, crossed
from correcting.systems import LIMITS, SHIPPED_LIMIT
from correcting.tables import by_engine, comparison, named, section
from corrigenda.correct.corrector import Options
from corrigenda.correct.engine import Engine
from corrigenda.correct.known import all_known
from corrigenda.correct.lineup import beside
from corrigenda.correct.readings import OtherText, Said, line_up
from corrigenda.correct.vote import same_word
from corrigenda.errors import PairingError
from corrigenda.lexicon.words import WordIndex
from corrigenda.pipeline import Setup, run
from corrigenda.score.compare import as_corrected
from corrigenda.text import Token, tokens
from corrigenda.values import Intake

__all__ = ["Pair", "corrected", "paired", "told"]

_LEAST_ALIKE = 0.5
_VOTE, _PERFECT = "the known word of the two", "perfect wherever the two differ"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A passage with what another engine read of the same lines of the same record."""

    passage: Passage
    other: Passage

    @property
    def reading(self) -> OtherText:
        """The other passage as the corrector gets it."""
        return OtherText(siglum=self.other.engine, text=self.other.ocr)

    def lined(self) -> tuple[list[Token], Said]:
        """The words of the passage, and what the other reading has for them."""
        words = list(tokens(self.passage.ocr))
        [said] = line_up(self.passage.ocr, [words], self.reading, where=self.passage.id)
        return words, said


def paired(passages: Sequence[Passage]) -> list[Pair]:
    """Each passage with the reading of another engine that has most of its words, where there is one."""
    found: list[Pair] = []
    for passage in passages:
        best, share = None, _LEAST_ALIKE
        for other in passages:
            if other.record != passage.record or other.engine == passage.engine or other.group != passage.group:
                continue
            pair = Pair(passage=passage, other=other)
            try:
                words, said = pair.lined()
            except PairingError:
                continue
            agreeing = sum(said.agrees) / max(1, len(words))
            if agreeing >= share:
                best, share = pair, agreeing
        if best:
            found.append(best)
    return found


def told(passages: Sequence[Passage], made: Sequence[Passage], school: School) -> Iterator[str]:
    """The section of the report."""
    pairs = {pair.passage.id: pair for pair in paired(passages)}
    systems: dict[str, list[Judged]] = {"raw": [], _VOTE: [], named(SHIPPED_LIMIT): []}
    systems |= {f"with the reading, --max-harm {limit:g}": [] for limit in LIMITS} | {_PERFECT: []}
    for held, engine in crossed(passages, lessons(made, made=True), school, "pairs and rendered pages"):
        for pair in (pairs[p.id] for p in held if p.id in pairs):
            systems["raw"].append(_rewritten(pair, lambda one: one.passage.ocr))
            systems[_VOTE].append(_rewritten(pair, lambda one: _known_word(one, school.words)))
            systems[_PERFECT].append(_rewritten(pair, _perfect))
            systems[named(SHIPPED_LIMIT)].append(corrected(pair, engine, SHIPPED_LIMIT, ()))
            for limit in LIMITS:
                judged = corrected(pair, engine, limit, (pair.reading,))
                systems[f"with the reading, --max-harm {limit:g}"].append(judged)
    yield section(
        "Two readings of the same passage",
        f"{len(pairs)} passages of {len({p.passage.record for p in pairs.values()})} records that another engine has "
        f"read too, cross-validated by cluster in {FOLDS} folds, intervals over records. The last line is what would "
        "be left if every place where the two differ were right: what both read alike stays.",
        *_by_engine(systems),
    )


def _by_engine(systems: dict[str, list[Judged]]) -> Iterator[str]:
    for engine, part in by_engine(systems):
        if part["raw"]:
            yield f"**{engine}**: {len(part['raw'])} passages."
            yield comparison(part)


def corrected(pair: Pair, engine: Engine, max_harm: float, readings: Sequence[OtherText]) -> Judged:
    """A passage as the pipeline corrects it with these other readings, in the group of its record."""
    document = pair.passage.document
    setup = Setup(engine=engine, options=Options(max_harm=max_harm))
    result = run(Intake(document=document, transcript=None, aside=""), setup, readings)
    return _of_record(judge(pair.passage, document, result.corrected))


def _rewritten(pair: Pair, rewrite: Callable[[Pair], str]) -> Judged:
    document = pair.passage.document
    made = as_corrected(document, rewrite(pair), signature="", whole=True, trusted=True)
    return _of_record(judge(pair.passage, document, made))


def _of_record(judged: Judged) -> Judged:
    """The judged passage with its record as the group, over which intervals are told."""
    return replace(judged, passage=replace(judged.passage, group=judged.passage.record))


def _known_word(pair: Pair, lexicon: WordIndex) -> str:
    """The other's words where the lexicon knows all of them and not all of ours."""
    words, said = pair.lined()
    made, at = [], 0
    for start, end, text in said.differing():
        ours = " ".join(t.text for t in words[start:end])
        made += [t.text for t in words[at:start]]
        made.append(text if text and all_known(text, lexicon) and not all_known(ours, lexicon) else ours)
        at = end
    return " ".join([*made, *(t.text for t in words[at:])])


def _perfect(pair: Pair) -> str:
    """The truth wherever the other reading has other letters; ours where it has the same, or nothing."""
    words, said = pair.lined()
    lined = beside([t.text for t in words], pair.passage.truth)
    made = []
    for start, end in lined.groups():
        ours, theirs, truth = " ".join(lined.words[start:end]), said.of(start, end), lined.of(start, end)
        made.append(ours if theirs is None or truth is None or same_word(ours, theirs) else truth)
    return " ".join(made)
