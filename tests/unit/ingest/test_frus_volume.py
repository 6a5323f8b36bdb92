"""Volumes as they are searched: documents found by their headings, and text that is all of them in order."""

from __future__ import annotations

import pytest

from corrigenda.errors import BadInputError
from corrigenda.ingest.frus_volume import Volume, tei_volume, text_volume

DOCUMENT = """
<div type="document" n="7">
  <head>7. Letter From the Consul<note n="0" type="source">Source: Harbour files. Secret.</note></head>
  <p>The harbour was closed.<note n="1">See document 6.</note> Grain was to be un<pb n="12"/>loaded again.</p>
  <pb n="13"/>
  <p>Coal is short.</p>
</div>
"""
# In the manner of a volume as running text: headings stand in the line, source notes are glued to titles.
NUMBERED = (
    "Harbours of the Adriatic 1. Telegram From the Consulate at Trieste to the Department of StateSource: Harbour "
    "files. Trieste, May 4, 1958. The harbour was closed on Monday. 2. Coal was short. 2. Editorial Note On May 6, "
    "1958, the harbour was opened again. 3. Memorandum of Conversation Washington, May 7, 1958. We spoke of salt. 6. "
    "Letter From the Consul to the Governor Trieste, May 9, 1958. It rains."
)
FILED = (
    "Harbours 841.51/5–447: Telegram The Consul at Trieste (Abel) to the Secretary of State secret Trieste, May 4, "
    "1947. The harbour was closed (841.51/5–347). 841.51/5–547 Memorandum by the Consul May 5, 1947. As file "
    "841.51/5–147 has it."
)


def tei(body: str) -> bytes:
    """A volume of TEI with what is given in its body."""
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'.encode()


def told(found: Volume) -> list[tuple[str | None, str]]:
    """Number and title of every part."""
    return [(part.number, part.title) for part in found.parts]


def test_headings_in_running_text_are_found_by_their_numbers():
    """A numbered paragraph is no heading; titles end at the source note or the dateline."""
    found = text_volume(NUMBERED, name="frus1958-60v09")
    assert told(found)[:2] == [
        ("1", "Telegram From the Consulate at Trieste to the Department of State"),
        ("2", "Editorial Note"),
    ]
    assert found.parts[0].date == "May 4, 1958"
    assert found.parts[1].span.of(NUMBERED).startswith("2. Editorial Note On May 6")
    assert found.glued


def test_a_heading_that_was_missed_is_told_of():
    """Between 3 and 6 two headings were not found: what stands there is of any of the three."""
    assert told(text_volume(NUMBERED, name="frus1958-60v09"))[2] == ("3 to 5", "")


def test_a_second_part_counts_on_from_the_first():
    """Numbers may begin anywhere, and stand apart from the title, behind what the document came as."""
    text = (
        "Harbours (see No. 12) 641.51/5–453: Telegram No. 492The Consul at Trieste to the Department of State secret "
        "It rains. 641.51/5–553 No. 493Memorandum by the Consul Trieste, May 5, 1953. No. 494Editorial Note It is dry."
    )
    assert told(text_volume(text, name="frus1952-54v06p2")) == [
        ("492", "The Consul at Trieste to the Department of State"),
        ("493", "Memorandum by the Consul"),
        ("494", "Editorial Note"),
    ]


def test_older_volumes_are_parted_by_file_numbers():
    """A file's number opens a document, but not in brackets and not where the text speaks of the file."""
    assert told(text_volume(FILED, name="frus1947v03")) == [
        ("841.51/5–447", "Telegram The Consul at Trieste (Abel) to the Secretary of State"),
        ("841.51/5–547", "Memorandum by the Consul May 5, 1947. As file 841.51/5–147 has …"),
    ]


def test_headings_on_lines_of_their_own_come_first():
    """Where documents are kept apart their lines tell, and places are those of the file."""
    text = "7. Letter to the Consul\n\nThe harbour is open.\n\n\n8. Telegram\n\nIt is closed.\n"
    found = text_volume(text, name="frus1951v09")
    assert [(part.number, part.span.of(text)[:9]) for part in found.parts] == [("7", "7. Letter"), ("8", "8. Telegr")]


def test_text_without_headings_has_no_parts():
    """It is searched all the same; only its places can be cited."""
    assert text_volume("The harbour was closed on Monday.", name="diary").parts == ()


def test_white_space_is_refused():
    """A volume without text is an error with its name."""
    with pytest.raises(BadInputError, match="diary: holds no text"):
        text_volume(" \n", name="diary")


def test_tei_becomes_text_with_its_parts():
    """Title and paragraphs are the document, its notes are a part of their own; pages have their places in the text."""
    found = tei_volume(tei(DOCUMENT), name="frus1951v09", path="frus1951v09.xml")
    document, notes = found.parts
    assert (document.kind, notes.kind, found.documents) == ("document", "notes", 1)
    assert document.span.of(found.text).startswith("7. Letter From the Consul\n\nThe harbour was closed. Grain")
    assert notes.span.of(found.text) == "Source: Harbour files. Secret.\n\nSee document 6."
    assert [found.text[at:][:6] for at, _ in document.pages] == ["loaded", "Coal i"]
    assert not found.glued


def test_tei_without_documents_is_refused():
    """A file of another kind is an error with its name."""
    with pytest.raises(BadInputError, match=r"list\.xml: holds no div"):
        tei_volume(tei("<p>Nothing.</p>"), name="list", path="list.xml")
