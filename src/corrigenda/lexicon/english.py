"""Forms of general English that a word list lacks: British spellings, and the regular forms of a listed word.

A list of American English has "organize" and "color"; a page that has "organised" and "colour" is as right. Each
rule gives the spelling that the list would have, so that only what leads to a listed word is accepted.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

__all__ = ["american", "is_general", "stems"]

# Where -our stands for -or. The rule without these stems would take any word with a stray u.
_OUR = re.compile(
    r"(arb|arm|ard|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum"
    r"|sav|savi|splend|succ|tum|val|vap|vig)our(?!is|iz|os|if|at)"
)
_RE = re.compile(
    r"(calib|cent|fib|goit|lit|lust|manoeuv|maneuv|meag|met|mit|och|sab|salt?pet|scept|sepulch|somb|spect|theat)"
    r"re(s|d)?\Z"
)
_LL = re.compile(r"([aeiouy]|[aeiou][aeiou])ll(ed|ing|er|ers|or|ors|ings|ous|ery)\Z")
_ISE = re.compile(r"(.{3,})is(e|ed|es|er|ers|ing|ation|ations|ational|able)\Z")
_YSE = re.compile(r"(.{3,})ys(e|ed|es|er|ers|ing)\Z")
_BRITISH = (("our", _OUR, r"\1or"), ("ll", _LL, r"\1l\2"), ("is", _ISE, r"\1iz\2"), ("ys", _YSE, r"\1yz\2"))
_WHOLE = {
    "acknowledgement": "acknowledgment", "aeroplane": "airplane", "ageing": "aging", "aluminium": "aluminum",
    "amongst": "among", "analogue": "analog", "catalogue": "catalog", "cheque": "check", "connexion": "connection",
    "cosy": "cozy", "defence": "defense", "draught": "draft", "enrol": "enroll", "enrolment": "enrollment",
    "fulfil": "fulfill", "fulfilment": "fulfillment", "gaol": "jail", "grey": "gray", "inflexion": "inflection",
    "instal": "install", "instalment": "installment", "instil": "instill", "jewellery": "jewelry",
    "judgement": "judgment", "kerb": "curb", "licence": "license", "likeable": "likable", "manoeuvre": "maneuver",
    "mould": "mold", "moustache": "mustache", "offence": "offense", "plough": "plow", "practise": "practice",
    "pretence": "pretense", "programme": "program", "pyjamas": "pajamas", "reflexion": "reflection",
    "sceptic": "skeptic", "sceptical": "skeptical", "scepticism": "skepticism", "skilful": "skillful",
    "storey": "story", "sulphur": "sulfur", "tonne": "ton", "towards": "toward", "tyre": "tire",
    "whilst": "while", "wilful": "willful", "woollen": "woolen",
}  # fmt: skip
# The other half of a word that was cut ("lutely", "sions") would be a regular form of a shorter word by chance.
_SHORTEST_STEM = 6


def american(word: str) -> Iterator[str]:
    """The American spellings of a lower-case `word`, if it is spelt in a British way; most words give none.

    >>> [next(american(w)) for w in ("organised", "colourful", "centre", "travelled", "defences", "analyse")]
    ['organized', 'colorful', 'center', 'traveled', 'defenses', 'analyze']
    """
    for letters, pattern, replacement in _BRITISH:
        # Few words have the letters at all, and looking for them takes a tenth of the time.
        if letters in word and (changed := pattern.sub(replacement, word)) != word:
            yield changed
    if found := _RE.search(word):
        yield f"{word[: found.end(1)]}er{found[2] or ''}".replace("oeu", "eu")
    for ending in ("", "s", "d", "less"):
        if word.endswith(ending) and (base := word.removesuffix(ending)) in _WHOLE:
            yield _WHOLE[base] + ending


def stems(word: str) -> Iterator[str]:
    """What a lower-case `word` may be the plural, the third person, the -ing form or the adverb of.

    Not the past: half of what -ed makes of listed words are misreadings (`immediated`, `escribed`).

    >>> list(stems("disseminations")), list(stems("forgetting")), list(stems("subsidiaries"))
    (['dissemination'], ['forget', 'forgett', 'forgette'], ['subsidiary'])
    """
    if word.endswith("ies"):
        yield word.removesuffix("ies") + "y"
    elif re.search(r"(?:s|x|z|ch|sh)es\Z", word):
        yield word.removesuffix("es")
    elif word.endswith("s") and not word.endswith(("ss", "us", "eds")):
        yield word.removesuffix("s")
    elif word.endswith("ing"):
        rest = word.removesuffix("ing")
        if re.search(r"([^aeiou])\1\Z", rest):
            yield rest[:-1]
        yield from (rest, rest + "e")
    elif word.endswith("ily"):
        yield word.removesuffix("ily") + "y"
    elif word.endswith("ly"):
        yield word.removesuffix("ly")


def is_general(word: str, listed: Container[str]) -> bool:
    """Whether a lower-case `word` is listed, is the British spelling of a listed word, or a regular form of either."""
    if word in listed or any(form in listed for form in american(word)):
        return True
    long_enough = (stem for stem in stems(word) if len(stem) >= _SHORTEST_STEM)
    return any(stem in listed or any(form in listed for form in american(stem)) for stem in long_enough)
