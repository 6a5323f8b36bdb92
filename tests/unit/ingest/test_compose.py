"""Words of a layout with what the layout knows of them."""

from corrigenda.ingest.compose import Block, Page, Read, Zone, compose
from corrigenda.values import Document, SegmentKind


def block(*lines: str) -> Block:
    """A block of lines."""
    return tuple(tuple(Read(text=word) for word in line.split()) for line in lines)


def stamp(*lines: str) -> Zone:
    """A stamp that its place gave away."""
    return Zone(kind=SegmentKind.STAMP, why="turned lettering", block=block(*lines))


def document(*pages: Page, whole: bool = False) -> Document:
    """The document of these pages, whose words are all where they say."""
    made = compose(pages, data=b"", path="a.png", document_id="a", engine=None, whole=whole)
    assert all(word.span.of(made.text) == word.text for word in made.words)
    return made


def parts(made: Document) -> list[tuple[str, str]]:
    """The segments by kind and text."""
    return [(s.kind.value, s.span.of(made.text)) for s in made.segments]


def test_a_zone_is_a_segment_of_its_kind_with_its_reason():
    """What a reader sets apart stays in the text, and the rules for text do not look at it again."""
    made = document((block("The ships came in the evening", "and left again."), stamp("ASSISTANT SECRETARY", "JAN 5")))
    assert parts(made) == [
        ("body", "The ships came in the evening\nand left again."),
        ("stamp", "ASSISTANT SECRETARY\nJAN 5"),
    ]
    assert made.segments[1].why == "turned lettering"


def test_a_sentence_goes_on_behind_a_zone():
    """A paragraph that runs over the page is one, in two pieces, for a stamp at the foot ends no sentence."""
    first = (block("The ships came in the evening and left the har-"), stamp("Received"))
    made = document(first, (block("bour again."),))
    assert parts(made) == [
        ("body", "The ships came in the evening and left the har-"),
        ("stamp", "Received"),
        ("body", "bour again."),
    ]
    assert [s.why for s in made.segments if s.kind is SegmentKind.BODY] == ["running text"] * 2


def test_two_zones_that_follow_each_other_stay_two():
    """Each has its own reason."""
    made = document((stamp("Received"), stamp("Filed"), block("The ships came in the evening.")))
    assert parts(made)[:2] == [("stamp", "Received"), ("stamp", "Filed")]


def test_a_passage_without_a_page_keeps_its_zones():
    """Also where all else is taken for body."""
    made = document((block("The ships"), stamp("Received")), whole=True)
    assert parts(made) == [("body", "The ships"), ("stamp", "Received")]
