"""What a correction rests on: every figure that led to it, in the words of the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from corrigenda.correct.case import Case
from corrigenda.correct.channel import ChannelCosts
from corrigenda.correct.known import FEWEST_SEEN
from corrigenda.correct.places import OFFERED, Choice
from corrigenda.correct.vote import AGREES, same_word
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import shown
from corrigenda.values import Evidence

__all__ = ["ALONE", "evidence"]

ALONE = "gate"
"""The rule of the evidence that tells how likely a correction was before a neural model was asked."""
_SHOWN_EDITS = 4


def evidence(case: Case, best: int, threshold: float, words: WordIndex, costs: ChannelCosts) -> Iterator[Evidence]:
    """The evidence for the reading `best` of a case, which was put in since it reached `threshold`."""
    option = case.choices[best].option
    kept = " ".join(t.core for t in case.run[case.place.start : case.place.end])
    yield Evidence(rule="doubt", says=f"{shown(kept)} {_why(case, kept, words)}", figure=float(words.count(kept)))
    rule = "lexicon" if option.rule == OFFERED else option.rule
    says = _counted(option.core, words) if option.core else "a speck: nothing in its place is likelier than any word"
    yield Evidence(rule=rule, says=says, figure=float(option.count))
    for siglum, text in case.here:
        rule = AGREES if text and same_word(text, option.core) else "other reading"
        yield Evidence(rule=rule, says=f"{siglum} has {shown(text) if text else 'nothing'}", citation=siglum)
    yield from _of_machines(case, best, costs)
    others = [i for i in range(len(case.choices)) if i != best]
    second = max(others, key=lambda i: case.probabilities[i])
    says = "what stands there" if second == 0 else shown(case.choices[second].text)
    yield Evidence(rule="runner-up", says=says, figure=round(case.probabilities[second], 3))
    yield Evidence(rule="threshold", says=f"put in from {threshold:g} up", figure=threshold)


def _of_machines(case: Case, best: int, costs: ChannelCosts) -> Iterator[Evidence]:
    """What is known of misreadings, what the OCR engine says itself, and what the language models say."""
    choice, keep = case.choices[best], case.choices[0]
    yield _channel(keep.text, choice, costs)
    if case.confidence is not None:
        yield Evidence(rule="confidence", says="stated by the OCR engine", figure=round(case.confidence, 3))
    if case.thought_of and case.thought_of[best]:
        yield Evidence(rule="alternative", says="the OCR engine had it as another reading")
    gain = round(choice.language - keep.language, 2)
    yield Evidence(rule="language model", says=f"e^{gain:g} times as likely among its neighbours", figure=gain)
    if case.gains:
        gain = round(case.gains[best], 2)
        yield Evidence(rule="neural model", says=f"e^{gain:g} times as likely with the text around it", figure=gain)
        yield Evidence(
            rule=ALONE, says="probability before the neural model was asked", figure=round(case.alone[best], 3)
        )


def _why(case: Case, kept: str, words: WordIndex) -> str:
    """Why a place was doubted at all."""
    if case.place.known and any(not same_word(text, kept) for _, text in case.here):
        return "is read otherwise by another"
    if case.place.known:
        return "does not fit between its neighbours"
    if case.place.end > case.place.start + 1:
        return "may be pieces of what belongs together"
    if words.count(kept) >= FEWEST_SEEN:
        return "is a word, but has a mark beside it that may be a letter"
    if words.count(kept):
        return "is hardly met in the lexicon's sources"
    return "is not in the lexicon, but in general English" if words.general(kept) else "is not in the lexicon"


def _counted(core: str, words: WordIndex) -> str:
    told = []
    for word in core.split():
        entry = words.entry(word)
        if entry:
            told.append(f"{shown(word)} is counted {entry.total} times in {entry.volumes} volumes")
    return "; ".join(told)


def _channel(read: str, choice: Choice, costs: ChannelCosts) -> Evidence:
    steps = costs.steps(choice.text, " ".join(read.split()))
    told = ", ".join(f"{_piece(meant)} read as {_piece(seen)}" for (meant, seen), _ in steps[:_SHOWN_EDITS])
    more = " and more" if len(steps) > _SHOWN_EDITS else ""
    return Evidence(rule="channel", says=f"{told or 'broken at the end of a line'}{more}", figure=round(choice.cost, 2))


def _piece(letters: str) -> str:
    return {"": "nothing", " ": "a blank"}.get(letters, shown(letters))
