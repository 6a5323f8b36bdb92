"""The correction of a text by lexicon, language model and channel: a decision for every doubtful place.

The way of a place: `spellings` proposes, `lattice` weighs in context, `features` describes, `gate` gives
probabilities, `guards` forbids; here it is decided and the evidence written down, and `company` looks at all that was
found together. Where other readings of the page are given, `readings` lines them up, and of the places that they have
too `vote` takes the gate's part. Where none is, the OCR engine's own `confidence` and the alternatives that it thought
of are weighed with what the gate thinks; and so is the word of a `neural` language model, where one was opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice

from corrigenda.correct.alike import alike
from corrigenda.correct.case import MOST_SUGGESTIONS, Case, edit, flagged
from corrigenda.correct.channel import ChannelCosts
from corrigenda.correct.clean import is_clean, only_flagged
from corrigenda.correct.company import in_company
from corrigenda.correct.confidence import EngineWords, Trust, engine_of
from corrigenda.correct.evidence import evidence
from corrigenda.correct.features import rows
from corrigenda.correct.gate import Bar, Gate, apportioned, likeliest
from corrigenda.correct.guards import guard
from corrigenda.correct.kinds import asked_of_the_gate, kind_of
from corrigenda.correct.model import BASE, Model
from corrigenda.correct.neural import Asked, NeuralModel, weighed
from corrigenda.correct.oddities import oddities, unsure_figures
from corrigenda.correct.places import Choice, places
from corrigenda.correct.readings import OtherText, Said, line_up
from corrigenda.correct.spellings import Speller
from corrigenda.correct.surroundings import Scene, spells_british, starts_sentence
from corrigenda.correct.vote import differing, is_contested, offers, relaxed, speaks, votes
from corrigenda.errors import LexiconError
from corrigenda.language.model import LanguageModel
from corrigenda.lexicon.english import american
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Token, tokens, word_form
from corrigenda.values import (
    Correction,
    CorrectionKind,
    Document,
    Flag,
    SegmentKind,
    Span,
    Suggestion,
)

__all__ = ["Engine"]

_DOUBTED = 0.85
"""What is less likely than this to be right is flagged: 2 to 3 words in 100, of which 3 in 4 are wrong."""
_EVEN = 0.5
_MOST_EXPLAINED = 200
_WELL_KNOWN = 100
_PLAIN_MISREADING = 12.0
_CLEARLY = 10.0
"""How much likelier the misreadings must be by the channel of one engine, as a natural logarithm."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Engine:
    """Lexicon, language model and what was learned of an OCR engine, put together once for a whole job.

    `neural` is a larger language model to be asked of doubtful places, None to do without.
    """

    words: WordIndex
    language: LanguageModel
    model: Model
    neural: NeuralModel | None = None
    _spellers: dict[str, Speller] = field(default_factory=dict)

    @property
    def costs(self) -> ChannelCosts:
        """What misreadings cost by the channel of all engines together."""
        return self._speller(BASE).costs

    def decide(
        self,
        document: Document,
        *,
        max_harm: float,
        profile: str | None = None,
        year: int | None = None,
        readings: Sequence[OtherText] = (),
    ) -> Iterator[Correction | Flag]:
        """A correction or a flag for every place that is likely to be wrong, in the order of the text.

        A reading is put in where its probability reaches the bar that `max_harm` per cent ask for, is above that
        of what stands there, and no guard forbids it. `profile` names the channel and `year` the time of writing; where
        they are None the document tells. `readings` are other texts of the page or its record; a model that has learned
        no vote flags what they have otherwise, and does no more with them.

        Raises LexiconError where the model has no such channel, PairingError where a reading is of something else.
        """
        runs = list(_runs(document))
        scene = Scene.of(runs, self.words, self.language, year=year)
        speller = self._speller(profile or self._profile(document, runs))
        speller.tidy()
        trust = None if readings else self.model.confidence.get(engine_of(document.source.engine) or profile or "")
        read = EngineWords(document.words if trust else ())
        heard = _heard(document, readings)
        voting = heard if self.model.vote else [()] * len(runs)
        bars = self._bar(max_harm), self._judge(voted=True).bar(max_harm)
        cases = self._cases(document.text, runs, voting, scene, speller)
        if trust:
            cases = (_revised(document.text, one, read, trust) for one in cases)
        if self.neural and self.model.neural:
            cases = _reread(cases, self.neural, self.model.neural)
        decided = (
            self._decided(document.text, case, scene, bars[is_contested(case.place, case.here)], speller)
            for case in cases
        )
        odd = [f for run in runs for f in oddities(run, self.words)]
        unsure = [f for run in runs for f in unsure_figures(run, read)]
        if not self.model.vote:
            odd = [*(f for run, said in zip(runs, heard, strict=True) for f in differing(run, said)), *odd]
        found = _with_others(_with_others(list(_parted(one for one in decided if one)), odd), unsure)
        judged = in_company(found, runs, self.words, bars[0])
        told = only_flagged(judged) if is_clean(judged, scene) else judged
        yield from self._with_the_alike(list(told), document.text, runs, scene, speller)

    def _profile(self, document: Document, runs: Sequence[Sequence[Token]]) -> str:
        """The channel of the document's engine where it is named, else the one that explains its misreadings best.

        An engine is named by the first word of what its file says of it: "Tesseract 5.5.0, eng" is tesseract.
        What an unknown word is a misreading of is taken from the channel of all engines, where one word stands out.
        """
        channels = self.model.channels
        named = (document.source.engine or "").lower().split()[:1]
        if named and named[0] in channels:
            return named[0]
        base = self._speller(BASE)
        explained: dict[str, float] = dict.fromkeys(channels, 0.0)
        unknown = (t for run in runs for t in run if t.core.isalpha() and not self.words.entry(t.core))
        for token in islice(unknown, _MOST_EXPLAINED):
            best = base.options(token.text, doubted=True)[:1]
            if best and best[0].count >= _WELL_KNOWN and best[0].cost <= _PLAIN_MISREADING:
                for name in channels:
                    explained[name] += self._speller(name).costs.cost(best[0].text, token.text)
        likeliest_one = min(sorted(explained), key=explained.__getitem__)
        return likeliest_one if explained[BASE] - explained[likeliest_one] >= _CLEARLY else BASE

    def _speller(self, profile: str) -> Speller:
        found = self._spellers.get(profile)
        if profile not in self.model.channels:
            raise LexiconError(
                where=profile,
                what=f"the model {self.model.name} has no channel of that name",
                remedy=f"Take one of {', '.join(sorted(self.model.channels))}, or leave --engine away",
            )
        if found is None:
            found = self._spellers[profile] = Speller(self.words, ChannelCosts(self.model.channels[profile]))
        return found

    def _cases(
        self,
        text: str,
        runs: Sequence[Sequence[Token]],
        heard: Sequence[Sequence[Said]],
        scene: Scene,
        speller: Speller,
    ) -> Iterator[Case]:
        """All places of a document; gate and vote are asked once for all of theirs."""
        found: list[Case] = []
        tables: dict[bool, list[list[float]]] = {False: [], True: []}
        for run, said in zip(runs, heard, strict=True):
            offered = offers(text, run, said, self.words, speller)
            for place in places(text, run, self.words, speller, self.language, offered):
                choices, made = rows(place, run, scene, self.words, self.language)
                here = tuple(speaks(place, said))
                voted = is_contested(place, here)
                if voted:
                    added = votes(place, choices, run, said, self.words, speller)
                    made = [own + more for own, more in zip(made, added, strict=True)]
                found.append(Case(place=place, run=run, choices=choices, here=here, probabilities=()))
                tables[voted] += made
        told = {voted: iter(self._judge(voted=voted).probabilities(table)) for voted, table in tables.items()}
        for case in found:
            own = islice(told[is_contested(case.place, case.here)], len(case.choices))
            yield replace(case, probabilities=apportioned(list(own)))

    def _bar(self, max_harm: float) -> Bar:
        """What a limit of harm asks where no other reading has anything else."""
        bar = self.model.gate.bar(max_harm)
        # The harm of the neural gate is that of all that is then done, by the other gate as well.
        return bar.stricter(self.model.neural.bar(max_harm)) if self.neural and self.model.neural else bar

    def _judge(self, *, voted: bool) -> Gate:
        return self.model.vote if voted and self.model.vote else self.model.gate

    def _decided(self, text: str, case: Case, scene: Scene, bar: Bar, speller: Speller) -> Correction | Flag | None:
        best = likeliest(case.probabilities)
        keeps, probability = case.probabilities[0], case.probabilities[best]
        if not best or probability < bar.threshold:
            why = "likely misread" if keeps < _EVEN else "perhaps misread"
            return flagged(case, why) if keeps < _DOUBTED else None
        made = _as_the_page_spells(case.choices, best, scene)
        case = self._with_a_small_l(case, made)
        choice = case.choices[made]
        held = guard(case.place, choice, case.run, scene, self.words)
        held = relaxed(held, choice, case.place.keep.option.core, case.here)
        least = max(bar.threshold, bar.least(held.least) if held else 0.0)
        if held and probability < least:
            return flagged(case, held.why)
        why = asked_of_the_gate(case.place, choice, case.run, self.words)
        if why and case.alone and case.alone[made] < least:
            return flagged(case, held.why if held else why)
        return self._correction(text, case, made, probability, least, speller)

    def _with_a_small_l(self, case: Case, made: int) -> Case:
        """The case with a small letter in the reading `made` where *I* was read for an l: Iawful in mid-sentence.

        The reading has a capital since what stands there seems to have one.
        """
        choice, start = case.choices[made], case.place.start
        core = choice.option.core
        misread = case.run[start].core.startswith("I") and core.startswith("L") and core[1:].islower()
        entry = self.words.entry(core)
        if not misread or starts_sentence(case.run, start) or entry is None or entry.lower <= entry.capital:
            return case
        small = "l" + core[1:]
        option = replace(choice.option, text=choice.option.text.replace(core, small, 1), core=small)
        written = replace(choice, text=choice.text.replace(core, small, 1), option=option)
        return replace(case, choices=(*case.choices[:made], written, *case.choices[made + 1 :]))

    def _with_the_alike(
        self,
        found: Sequence[Correction | Flag],
        text: str,
        runs: Sequence[Sequence[Token]],
        scene: Scene,
        speller: Speller,
    ) -> Iterator[Correction | Flag]:
        """Flags with the words of the page, the lexicon or a list of persons that look like what they are about.

        They are offered where no reading was found, and for what has a figure in it or may be a name that nothing
        likely was found for: the words around tell little of either, so that what looks like it comes before what would
        fit.
        """
        page = {t.core for run in runs for t in run}
        for one in found:
            written = one.span.of(text)
            if isinstance(one, Correction) or not _wants_alike(one, written):
                yield one
            else:
                words = alike(written, page, self.words, speller.costs, year=scene.year)
                weighed = {s.text: s for s in one.suggestions}
                first = [weighed.get(w, Suggestion(text=w, probability=None)) for w in words]
                # Words are no readings of a number.
                rest = [s for s in one.suggestions if s not in first and not (words and s.text.isalpha())]
                yield replace(one, suggestions=tuple([*first, *rest][:MOST_SUGGESTIONS]))

    def _correction(
        self, text: str, case: Case, best: int, probability: float, threshold: float, speller: Speller
    ) -> Correction:
        choice = case.choices[best]
        span, after = edit(text, case, choice)
        return Correction(
            span=span,
            before=span.of(text),
            after=after,
            kind=kind_of(case.place, choice, case.run, self.words),
            probability=round(probability, 3),
            evidence=tuple(evidence(case, best, threshold, self.words, speller.costs)),
        )


def _wants_alike(flag: Flag, written: str) -> bool:
    if not flag.suggestions or any(c.isdigit() for c in written):
        return True
    return written[:1].isupper() and (flag.suggestions[0].probability or 0.0) < _EVEN


def _as_the_page_spells(choices: Sequence[Choice], best: int, scene: Scene) -> int:
    """Of the readings that are the best one in American and in British spelling the British one on a British page.

    Elsewhere the one nearest to what was read: which of the two is likelier is the habit of the lexicon's authors, not
    of this page's.
    """
    spelled = _spellings(choices[best].option.core)
    same = [best, *(i for i, c in enumerate(choices) if i not in {0, best} and spelled & _spellings(c.option.core))]
    if len(same) > 1 and spells_british(scene):
        same = [i for i in same if any(american(word_form(choices[i].option.core)))] or same
    return min(same, key=lambda i: choices[i].cost)


def _revised(text: str, case: Case, read: EngineWords, trust: Trust) -> Case:
    """The case with its probabilities as the engine's confidence and its alternatives have them.

    What is broken at the end of a line is told by its spelling alone: of a hyphen a machine is never sure, and its
    confidence is in the letters.
    """
    span = case.span
    if "\n" in span.of(text):
        return case
    probabilities, least = case.probabilities, read.least(span)
    if least is not None:
        probabilities = trust.revised(probabilities, least)
    thought_of = read.thought_of(span, (c.option.core for c in case.choices)) if trust.alternative else ()
    if any(thought_of):
        probabilities = trust.favoured(probabilities, thought_of)
    return replace(case, probabilities=probabilities, confidence=least, thought_of=thought_of)


def _reread(cases: Iterable[Case], neural: NeuralModel, gate: Gate) -> Iterator[Case]:
    """The cases with their probabilities as a neural language model has them, run by run.

    Where another reading of the page has something else that is the better witness, and the model is not asked.
    """
    for _, group in groupby(cases, key=lambda case: id(case.run)):
        here = list(group)
        asked = [
            Asked(
                start=case.place.start,
                end=case.place.end,
                readings=tuple(c.text for c in case.choices),
                probabilities=case.probabilities,
                settled=is_contested(case.place, case.here),
            )
            for case in here
        ]
        told = weighed(neural, gate, [t.text for t in here[0].run], asked)
        for case, (probabilities, gains) in zip(here, told, strict=True):
            alone = case.probabilities if gains else ()
            yield replace(case, probabilities=probabilities, gains=gains, alone=alone)


def _spellings(word: str) -> set[str]:
    form = word_form(word)
    return {form, *american(form)}


def _parted(found: Iterable[Correction | Flag]) -> Iterator[Correction | Flag]:
    """What was found, in order; of two specks side by side the blank between them goes with the first alone."""
    end = 0
    for one in found:
        made = one
        if isinstance(one, Correction) and one.kind is CorrectionKind.DELETION and one.span.start < end:
            made = _from(one, end)
        end = max(end, made.span.end)
        yield made


def _from(one: Correction, start: int) -> Correction:
    return replace(one, span=Span(start=start, end=one.span.end), before=one.before[start - one.span.start :])


def _with_others(found: Sequence[Correction | Flag], others: Sequence[Flag]) -> list[Correction | Flag]:
    """What was found, and of `others` all that lie elsewhere, in the order of the text."""
    taken = {at for one in found for at in range(one.span.start, one.span.end)}
    elsewhere = [flag for flag in others if flag.span.start not in taken]
    return sorted([*found, *elsewhere], key=lambda one: (one.span.start, one.span.end))


def _heard(document: Document, readings: Sequence[OtherText]) -> list[tuple[Said, ...]]:
    """For each run what every reading has for its words.

    All parts of the page are lined up, or what a reading has for a closing would be taken for the words beside it.
    """
    parts = list(_parts(document))
    lines = [line_up(document.text, [run for _, run in parts], one, where=document.source.path) for one in readings]
    ours = [number for number, (kind, _) in enumerate(parts) if kind in SegmentKind.correctable()]
    return [tuple(line[number] for line in lines) for number in ours]


def _runs(document: Document) -> Iterator[list[Token]]:
    """The words of what may be corrected, stretch by stretch; none reaches over the end of a page."""
    return (run for kind, run in _parts(document) if kind in SegmentKind.correctable())


def _parts(document: Document) -> Iterator[tuple[SegmentKind, list[Token]]]:
    """The words of every segment, page by page."""
    for segment in document.segments:
        start = segment.span.start
        for page in segment.span.of(document.text).split("\f"):
            yield segment.kind, list(tokens(document.text, Span(start=start, end=start + len(page))))
            start += len(page) + 1
