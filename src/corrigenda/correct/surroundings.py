"""What the rest of a document says of a word: whether it is used as a name, comes again and again, or is foreign."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from corrigenda.correct.variants import is_label
from corrigenda.language.model import LanguageModel
from corrigenda.language.words import SPECIAL, token_words
from corrigenda.lexicon.designators import year_of
from corrigenda.lexicon.english import american
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import TITLES, Token, unify, word_form

__all__ = ["Scene", "capitalised", "in_foreign_passage", "is_spoken", "spells_british", "starts_sentence"]

_FEWEST_FOR_FIELD = 20
_USUAL_FIELD = -5.2
_FEWEST_BRITISH = 3
_NEAR = 4
_FEW_FOREIGN = 2
_FOREIGN = frozenset({
    "el", "los", "las", "del", "y", "que", "con", "por", "para", "una", "su", "se", "le", "les", "des", "du", "et",
    "dans", "sur", "qui", "est", "une", "der", "das", "und", "den", "dem", "ein", "eine", "ist", "il", "di", "da",
    "do", "dos", "em", "não", "della", "che", "la", "de", "nicht", "sich", "mais", "pas", "nous", "vous", "ils", "au",
    "aux", "ce", "cette", "avec", "pour", "par", "von", "zu", "zur", "zum", "auf", "mit", "im", "wird", "hat", "alle",
    "en", "vor", "bei", "ne", "pe", "cu", "din", "este", "sunt", "lo", "al", "sus", "más", "mas", "como", "pero",
})  # fmt: skip
_ENGLISH_TOO = frozenset(
    {"do", "la", "de", "da", "se", "au", "al", "hat", "par", "pas", "mas", "im", "din", "von", "en"}
)
# What is written only where speech is given as it sounds; "o'" and the like are told by the apostrophe behind.
_SPOKEN = frozenset({
    "ain't", "'em", "'tis", "'twas", "'twere", "'til", "'bout", "'cause", "coulda", "dey", "dunno", "gimme",
    "gonna", "gotta", "kinda", "lemme", "mah", "nae", "outta", "shoulda", "sorta", "wanna", "woulda", "y'all", "ye",
    "ye'll", "ye're",
})  # fmt: skip
# Two of them make a passage of dialect; one alone may be misread ("oot" is "not" as well, "an'" is "and").
_DIALECT = frozenset({
    "aboot", "ain", "auld", "awa", "aye", "bairn", "bairns", "canna", "couldna", "dat", "didna", "dinna", "doon",
    "efter", "faither", "frae", "gang", "gie", "gied", "hadna", "hae", "hame", "heid", "hersel", "himsel", "hoose",
    "isna", "lass", "ma", "mair", "mither", "mysel", "nicht", "noo", "nowt", "och", "oor", "oot", "ower", "owt",
    "sae", "sez", "summat", "tae", "tellt", "telt", "tha", "thi", "thissen", "twa", "wad", "wadna", "wasna", "wean",
    "wee", "weel", "wi", "wis", "wouldna", "yestiddy", "yon",
})  # fmt: skip
_FEW_OF_DIALECT = 2
_CLIPPED = re.compile(r"(?:[a-z]{2,}in|o|ol)['’]")
_PERHAPS_CLIPPED = frozenset({"an", "th", "wi"})
_APOSTROPHES = ("'", "’")
_QUOTES = ("'", "‘")
_LONGEST_QUOTE = 20
_SPOKEN_NEAR = 8
_ENDS_SENTENCE = re.compile(r"[.?!:][\"'”’)]*\Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """What a whole document says of its words: how often each form comes, which are names, how many are unknown.

    `field` is the mean log-probability of its known words in the language model: how far the text is of its field.
    `year` is when it was written, None where that is unknown or no time of the lexicon's.
    """

    forms: Counter[str]
    names: frozenset[str]
    unknown: float
    size: int
    field: float
    year: int | None

    @classmethod
    def of(
        cls, runs: Sequence[Sequence[Token]], words: WordIndex, language: LanguageModel, *, year: int | None = None
    ) -> Scene:
        """Read the scene off all the token runs of a document; a `year` that is not given is that of its dates."""
        forms = Counter(word_form(t.core) for run in runs for t in run if t.core)
        spelled = {f: n for f, n in forms.items() if f.isalpha()}
        strange = sum(n for f, n in spelled.items() if not words.count(f))
        return cls(
            forms=forms,
            names=frozenset(map(word_form, capitalised(runs))),
            unknown=strange / max(1, sum(spelled.values())),
            size=sum(forms.values()),
            field=_field(runs, language),
            year=_covered(year or year_of(" ".join(t.text for run in runs for t in run)), words),
        )


def capitalised(runs: Sequence[Sequence[Token]]) -> frozenset[str]:
    """The words with a capital where no sentence starts: names, wherever they stand."""
    return frozenset(
        t.core
        for run in runs
        for at, t in enumerate(run)
        if t.core[:1].isupper() and not t.core.isupper() and not starts_sentence(run, at)
    )


def _covered(year: int | None, words: WordIndex) -> int | None:
    """The year where the lexicon's sources reach over it: of another time's names it knows nothing."""
    first, last = words.years
    return year if year and first <= year <= last else None


def _field(runs: Sequence[Sequence[Token]], language: LanguageModel) -> float:
    ids = language.ids(word for run in runs for t in run for word in token_words(t.text))
    if len(ids) < _FEWEST_FOR_FIELD:
        return _USUAL_FIELD
    said = language.log_probability(ids[:-2], ids[1:-1], ids[2:])
    known = said[ids[2:] >= len(SPECIAL)]
    return float(known.mean()) if len(known) else _USUAL_FIELD


def spells_british(scene: Scene) -> bool:
    """Whether three words or more of the document have British spellings: labour, programme; one may be in a name."""
    return len(list(islice((form for form in scene.forms if any(american(form))), _FEWEST_BRITISH))) == _FEWEST_BRITISH


def starts_sentence(run: Sequence[Token], at: int) -> bool:
    """Whether the token is the first of a sentence: after a full stop that is no title's, or a list label."""
    if at == 0:
        return True
    before = run[at - 1]
    if before.core.lower() in TITLES or (len(before.core) == 1 and before.core.isupper()):
        return False  # "Dr. Fraenkel", "J. Fraenkel"
    return bool(_ENDS_SENTENCE.search(before.text) or is_label(before.text))


def in_foreign_passage(run: Sequence[Token], at: int) -> bool:
    """Whether small words of another language stand here or near: "con relacion a la declaracion"."""
    near = [t.core.lower() for t in run[max(0, at - _NEAR) : at + 1 + _NEAR]]
    foreign = [w for w in near if w in _FOREIGN]
    # "La" and "de" stand in English names as well, so they count only beside one that does not.
    return len(foreign) >= _FEW_FOREIGN and any(w not in _ENGLISH_TOO for w in foreign)


def is_spoken(run: Sequence[Token], at: int) -> bool:
    """Whether a word, or one near it, is written as people speak: "heard sech a passel o' foolishness"."""
    near = range(max(0, at - _SPOKEN_NEAR), min(len(run), at + 1 + _SPOKEN_NEAR))
    if any(_is_as_spoken(run[i]) or _is_clipped(run, i) for i in near):
        return True
    return len({run[i].core for i in near if _may_be_dialect(run[i])}) >= _FEW_OF_DIALECT


def _may_be_dialect(token: Token) -> bool:
    return token.core in _DIALECT or (token.core in _PERHAPS_CLIPPED and token.trail.startswith(_APOSTROPHES))


def _is_as_spoken(token: Token) -> bool:
    form = unify(token.text).strip('".,;:!?')
    return form.lower() in _SPOKEN and (form[:1].islower() or "'" in form)  # Mr. Ye is somebody


def _is_clipped(run: Sequence[Token], at: int) -> bool:
    """Whether letters were left off at the end (goin', o'); what a quote before it opened, that mark closes."""
    if _CLIPPED.fullmatch(run[at].core + run[at].trail[:1]) is None:
        return False
    # What stands before a figure is no quote: '38.
    return not any(t.lead[-1:] in _QUOTES and t.core[:1].isalpha() for t in run[max(0, at - _LONGEST_QUOTE) : at + 1])
