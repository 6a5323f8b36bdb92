"""hOCR, well-formed or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.errors import BadInputError
from corrigenda.ingest.hocr import read
from corrigenda.values import Box

HEAD = "<meta name='ocr-system' content='tesseract 5.3.0' />"


def word(text: str, title: str = "") -> str:
    """A word."""
    return f"<span class='ocrx_word' title='{title}'>{text}</span>"


def line(*words: str, kind: str = "ocr_line") -> str:
    """A line of words."""
    return f"<span class='{kind}' title='bbox 0 0 99 9; baseline 0 -3'>{' '.join(words)}\n</span>"


def par(*lines: str) -> str:
    """A paragraph."""
    return f"<p class='ocr_par'>{''.join(lines)}</p>"


def hocr(*pages: str, head: str = HEAD) -> bytes:
    """An hOCR file as Tesseract frames it."""
    body = "".join(f"<div class='ocr_page' title='image \"a.png\"; bbox 0 0 99 99'>{page}</div>" for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head>{head}</head><body>{body}</body></html>"
    ).encode()


def document(data: bytes):
    """The document in `data`, whose words are all where they say."""
    found = read(data, path="a.hocr", document_id="a")
    assert all(word.span.of(found.text) == word.text for word in found.words)
    return found


def test_the_hocr_of_tesseract_is_read():
    """Areas hold paragraphs, paragraphs lines, lines words with box and confidence; the head names the engine."""
    first = par(line(word("Señor", "bbox 10 20 30 40; x_wconf 96"), word("Ruiz")), line(word("<strong>was</strong>")))
    area = f"<div class='ocr_carea'>{first}{par(line(word('out.')))}</div>"
    found = document(hocr(area, par(line(word("Page")))))
    assert found.text == "Señor Ruiz\nwas\n\nout.\fPage"
    assert (found.words[0].box, found.words[0].confidence) == (Box(left=10, top=20, right=30, bottom=40), 0.96)
    assert (found.words[1].box, found.words[1].confidence) == (None, None)
    assert found.source.engine == "tesseract 5.3.0"


@pytest.mark.parametrize("kind", ["ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat", "ocrx_line"])
def test_lines_of_a_kind_are_lines(kind):
    """Tesseract names captions and headers so; where such an element holds lines, those are the lines."""
    assert document(hocr(par(line(word("One"), kind=kind), line(word("two"))))).text == "One\ntwo"
    nested = f"<div class='{kind}'>{line(word('One'))}{line(word('two'))}</div>"
    assert document(hocr(nested)).text == "One\ntwo"


def test_areas_part_where_there_are_no_paragraphs():
    """Other programs write no ocr_par."""
    areas = "".join(f"<div class='ocr_carea'>{line(word(text))}</div>" for text in ("One", "two"))
    assert document(hocr(areas)).text == "One\n\ntwo"


def test_a_line_without_words_is_one_word():
    """The box is that of the line."""
    (found,) = document(hocr(par(line("The harbour\n  was")))).words
    assert (found.text, found.box) == ("The harbour was", Box(left=0, top=0, right=99, bottom=9))


def test_words_outside_of_lines_are_a_line_of_their_paragraph():
    """A paragraph that holds no lines gives its words."""
    assert document(hocr(par(word("One"), word("two")) + par(word("three")))).text == "One two\n\nthree"


def test_rejected_readings_are_alternatives():
    """hOCR marks the chosen reading as inserted, the others as deleted."""
    choice = "<span class='alternatives'><ins class='alt'>harbour</ins><del class='alt'>barbour</del></span>s"
    (found,) = document(hocr(par(line(word(choice))))).words
    assert (found.text, found.alternatives) == ("harbours", ("barbour",))


def test_html_that_is_no_xml_is_read():
    """Bare ampersands, tags that nobody closes, attributes without quotes, no frame at all."""
    loose = b"<div class=ocr_page><p class=ocr_par><span class=ocr_line><span class=ocrx_word>R&D<br></span>"
    assert document(loose).text == "R&D"


@pytest.mark.parametrize(
    ("encoding", "declared"), [("utf-8", ""), ("utf-8", "<meta charset='latin-1'>"), ("cp1252", "")]
)
def test_the_letters_are_those_of_the_bytes(encoding, declared):
    """A parser of HTML takes what declares nothing for Latin-1; the bytes themselves tell."""
    data = f"<html>{declared}<div class='ocr_page'><p class='ocr_line'>Señor Muñoz</p></div></html>".encode(encoding)
    assert document(data).text == "Señor Muñoz"


def test_a_file_that_is_cut_off_is_refused():
    """A parser of HTML would close what is open and say nothing."""
    with pytest.raises(BadInputError, match=r"a\.hocr, line 4: the hOCR is cut off") as caught:
        read(hocr(par(line(word("One"))), par(line(word("two"))))[:-40], path="a.hocr", document_id="a")
    assert caught.value.remedy


def test_html_without_hocr_is_refused():
    """A web page is no page of OCR."""
    with pytest.raises(BadInputError, match="ocr_page") as caught:
        read(b"<html><p>Not found</p></html>", path="a.hocr", document_id="a")
    assert caught.value.remedy


@pytest.mark.parametrize(
    "title", ["bbox 1 2 3", "bbox 5 5 1 1", "x_bbox 1 2 3 4", "x_wconf 101", 'image "bbox 1 2 3 4"']
)
def test_a_title_that_states_no_box_gives_none(title):
    """Wrong figures cost the box, never the word."""
    (found,) = document(hocr(par(line(f"<span class='ocrx_word' title='{title}'>one</span>")))).words
    assert (found.text, found.box, found.confidence) == ("one", None, None)


@given(
    st.lists(
        st.lists(
            st.lists(st.sampled_from(["The", "R&amp;D", "(a)", "Muñoz"]), min_size=1, max_size=3),
            min_size=1,
            max_size=3,
        ),
        min_size=1,
        max_size=3,
    )
)
def test_lines_and_paragraphs_survive(pars):
    """Whatever the paragraphs: the text is their words, one blank, line break or blank line between."""
    found = document(hocr("".join(par(*(line(*map(word, words)) for words in lines)) for lines in pars)))
    expected = "\n\n".join("\n".join(" ".join(words) for words in lines) for lines in pars)
    assert found.text == expected.replace("&amp;", "&")


def choices(*letters: tuple[str, float]) -> str:
    """What Tesseract lists for one letter."""
    inner = "".join(f"<span class='ocrx_cinfo' title='x_confs {sure}'>{letter}</span>" for letter, sure in letters)
    return f"<span class='ocrx_cinfo' id='lstm_choices_1_1_1'>{inner}</span>"


def test_what_each_letter_may_be_makes_the_alternatives_of_a_word_and_none_of_its_text():
    """Tesseract's lstm_choice_mode=2: the blank before the word is passed over, weak choices are no alternatives."""
    blank, a = choices((" ", 96.0)), choices(("o", 90.0), ("e", 48.5), ("c", 3.0))
    b = choices(("f", 91.0), ("r", 77.0), ("t", 12.0))
    found = document(hocr(par(line(word("of" + blank + a + b, "bbox 1 2 3 4; x_wconf 70")))))
    assert found.text == "of"
    assert found.words[0].alternatives == ("or", "ef")


def test_choices_that_do_not_fit_the_letters_are_left_alone():
    """Where the engine dropped a letter no choice has a certain place, so none is guessed."""
    found = document(hocr(par(line(word("of" + choices(("o", 90.0), ("e", 48.5)))))))
    assert (found.text, found.words[0].alternatives) == ("of", ())
