"""Dirt that an OCR engine read as letters: what stands on the page where the edition goes on without it.

Specks and the edges of a photocopy are read as a letter or two, mostly at the beginning or end of a line. An edition
that goes on there says that they are no words of the text, and so does another reading that has nothing there.
docs/decisions/021-collation.md has what was measured.
"""

from __future__ import annotations

from corrigenda.correct.known import all_known
from corrigenda.edition.collate import Difference
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import key
from corrigenda.values import Span

__all__ = ["at_a_margin", "is_dirt", "without"]

_SHORT = 2
_LONGEST_AT_MARGIN = 3
_MOST_TOKENS = 3
_LEAST_AGREEMENT = 0.9
_BLANKS = " \t"
_EDGES = frozenset({"", "\n", "\r", "\f"})
_ARTICLES = frozenset({"a", "A"})


def is_dirt(difference: Difference, words: WordIndex) -> bool:
    """Whether up to three tokens of the page, beside nothing in the edition, are letters or figures but no word."""
    tokens = [t for t in difference.page.split() if key(t)]
    return (
        difference.firm
        and not difference.barred
        and not difference.edition
        and 0 < len(tokens) <= _MOST_TOKENS
        and all(_is_no_word(t, words) for t in tokens)
    )


def _is_no_word(token: str, words: WordIndex) -> bool:
    letters = key(token)
    if len(letters) > _SHORT:
        return not all_known(token, words)
    return token not in _ARTICLES and (len(letters) == 1 or not words.general(letters))


def at_a_margin(difference: Difference, text: str) -> bool:
    """Whether dirt shows itself without another reading: a few letters at a line's end, words around it agreeing.

    Figures and capitals may be a number, an abbreviation or initials; a mark behind a letter or around it may make it a
    label. Those need another witness.
    """
    page, span = difference.page, difference.span
    letters = page.isalpha() and len(page) <= _LONGEST_AT_MARGIN and page != "I"
    initials = len(page) > 1 and page.isupper()
    free = not text[max(0, span.start - 1) : span.start].strip() and not text[span.end : span.end + 1].strip()
    line_before, line_behind = text[: span.start].rstrip(_BLANKS)[-1:], text[span.end :].lstrip(_BLANKS)[:1]
    edge = line_before in _EDGES or line_behind in _EDGES
    return letters and not initials and free and edge and difference.agreement >= _LEAST_AGREEMENT


def without(text: str, span: Span) -> Span:
    r"""What goes with the dirt at `span`: the blanks behind it, or those before it at a line's end, or its whole line.

    >>> (text := "as begun\n i the list"), without(text, Span(start=10, end=11)).of(text)
    ('as begun\n i the list', 'i ')
    >>> (text := "the list i\nand"), without(text, Span(start=9, end=10)).of(text)
    ('the list i\nand', ' i')
    >>> (text := "the\ni\nand"), without(text, Span(start=4, end=5)).of(text)
    ('the\ni\nand', 'i\n')
    """
    start, end = span.start, span.end
    while end < len(text) and text[end] in _BLANKS:
        end += 1
    while start > 0 and text[start - 1] in _BLANKS:
        start -= 1
    begins, ends = text[max(0, start - 1) : start] in _EDGES, text[end : end + 1] in _EDGES
    if begins and ends:
        return Span(start=start, end=end + len(text[end : end + 1]))
    if ends or end == span.end:
        return Span(start=start, end=span.end)
    return Span(start=span.start, end=end)
