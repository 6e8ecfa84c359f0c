"""One key for a name, however it is written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from warehouse_hub.places.names import normalise_name

printable = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E))


@given(printable)
def test_a_plain_name_has_the_key_of_the_same_name_in_full_width(name):
    full_width = "".join(chr(ord(char) + 0xFEE0) for char in name)
    assert normalise_name(name) == normalise_name(full_width)


def test_a_plain_name_loses_its_apostrophes_and_joiners():
    assert normalise_name(" O'Fallon-St.  Clair ") == "ofallon st clair"
