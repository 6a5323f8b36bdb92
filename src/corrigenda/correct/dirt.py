"""Dirt that an OCR engine read as letters.

Specks and the edges of a photocopy are read as a letter or two, mostly at the beginning or end of a line. An edition
that goes on there without them says that they are no words of the text, and so does another reading that has nothing
there; without either, language and channel tell, as for any other misreading.
docs/decisions/021-collation.md and 010-channel-model.md have what was measured.
"""

from __future__ import annotations

from corrigenda.correct.known import all_known
from corrigenda.edition.collate import Difference
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import Token, key
from corrigenda.values import Span

__all__ = ["at_a_margin", "is_dirt", "may_be_dirt", "without"]

_SHORT = 2
_LONGEST_AT_MARGIN = 3
_LONGEST = 4
_SENSE = frozenset(".():;?!/&-\"'")
_MOST_TOKENS = 3
_LEAST_AGREEMENT = 0.9
_BLANKS = " \t\u00a0"
_EDGES = frozenset({"", "\n", "\r", "\f"})
_WORDS_OF_ONE = frozenset({"a", "A", "I"})


def is_dirt(difference: Difference, text: str, words: WordIndex) -> bool:
    """Whether up to three tokens of the page, beside nothing in the edition, are letters that are no word.

    A mark that touches a letter may make a label or initials of it; figures and capitals are something by themselves.
    """
    tokens, span = [t for t in difference.page.split() if key(t)], difference.span
    free = not text[max(0, span.start - 1) : span.start].strip() and not text[span.end : span.end + 1].strip()
    return (
        difference.firm
        and not difference.barred
        and not difference.edition
        and free
        and 0 < len(tokens) <= _MOST_TOKENS
        and all(t.isalpha() and not _is_initials(t) and _is_no_word(t, words) for t in tokens)
    )


def may_be_dirt(token: Token, words: WordIndex) -> bool:
    """Whether a word of a page may be a speck: up to four letters that are no word, and no mark that gives them sense.

    Figures, labels, initials and abbreviations have such marks: 4, (b), J., approx.
    """
    core = token.core
    sense = any(c in _SENSE for c in token.lead + token.trail)
    return core.isalpha() and len(core) <= _LONGEST and not sense and _is_no_word(core, words)


def _is_initials(token: str) -> bool:
    return len(token) > 1 and token.isupper()


def _is_no_word(token: str, words: WordIndex) -> bool:
    """Whether neither general English nor, but for a letter or two, the lexicon has it, which has them all."""
    letters = key(token)
    if len(letters) == 1:
        return token not in _WORDS_OF_ONE
    return not words.general(letters) and (len(letters) <= _SHORT or not all_known(token, words))


def at_a_margin(difference: Difference, text: str) -> bool:
    """Whether dirt shows itself without another reading: a few small letters at a line's end, words around it agreeing.

    A word with a capital may be a name (Ky, Nhu), and needs another witness.
    """
    page, span = difference.page, difference.span
    line_before, line_behind = text[: span.start].rstrip(_BLANKS)[-1:], text[span.end :].lstrip(_BLANKS)[:1]
    edge = line_before in _EDGES or line_behind in _EDGES
    small = page.islower() and page.isalpha() and len(page) <= _LONGEST_AT_MARGIN
    return small and edge and difference.agreement >= _LEAST_AGREEMENT


def without(text: str, span: Span, within: Span | None = None) -> Span:
    r"""What goes with the dirt at `span`: the blanks behind it, or those before it at a line's end, or its whole line.

    Nothing goes that lies not `within` the part of the page that the dirt stands in.

    >>> (text := "as begun\n i the list"), without(text, Span(start=10, end=11)).of(text)
    ('as begun\n i the list', 'i ')
    >>> (text := "the list i\nand"), without(text, Span(start=9, end=10)).of(text)
    ('the list i\nand', ' i')
    >>> (text := "the\ni\nand"), without(text, Span(start=4, end=5)).of(text)
    ('the\ni\nand', 'i\n')
    """
    first, last = (within.start, within.end) if within else (0, len(text))
    start, end = span.start, span.end
    while end < last and text[end] in _BLANKS:
        end += 1
    while start > first and text[start - 1] in _BLANKS:
        start -= 1
    begins, ends = text[max(0, start - 1) : start] in _EDGES, text[end : end + 1] in _EDGES
    if begins and ends:
        line_end = next(len(b) for b in ("\r\n", "\n", "\r", "") if text.startswith(b, end))
        return Span(start=start, end=min(last, end + line_end))
    if ends or end == span.end:
        return Span(start=start, end=span.end)
    return Span(start=span.start, end=end)
