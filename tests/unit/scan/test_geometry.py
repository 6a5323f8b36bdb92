"""Affine maps of pixels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.scan.geometry import IDENTITY, Affine
from corrigenda.values import Box

FIGURE = st.floats(-500, 500)
MAPS = st.builds(
    lambda slope, scale, x, y: Affine.lean(-slope, slope, about=(x, y)).then(Affine.scale(scale, scale)),
    st.floats(-1, 1),
    st.floats(0.1, 10),
    FIGURE,
    FIGURE,
)


def test_a_page_leans_about_a_point():
    """What lies to the right of the point comes to lie lower, and what lies below it to the left."""
    lean = Affine.lean(-0.2, 0.1, about=(10, 10))
    assert lean.point(10, 10) == pytest.approx((10, 10))
    assert lean.point(20, 10) == pytest.approx((20, 11))
    assert lean.point(10, 20) == pytest.approx((8, 20))


def test_the_box_around_what_was_moved():
    """A box that leans grows to hold its four corners, and is cut off at the edge of the page."""
    box = Box(left=10, top=20, right=30, bottom=40)
    assert IDENTITY.box(box) == box
    assert Affine.scale(2, 3).box(box) == Box(left=20, top=60, right=60, bottom=120)
    assert Affine.lean(-1, 1, about=(20, 30)).box(box) == Box(left=0, top=10, right=40, bottom=50)
    assert Affine.move(-15, -100).box(box) == Box(left=0, top=0, right=15, bottom=0)


@given(first=MAPS, second=MAPS, x=FIGURE, y=FIGURE)
def test_maps_one_after_the_other(first: Affine, second: Affine, x: float, y: float):
    """`then` is the second map of what the first gives, and `inverse` undoes a map."""
    assert first.then(second).point(x, y) == pytest.approx(second.point(*first.point(x, y)), abs=1e-5)
    assert first.then(first.inverse()).point(x, y) == pytest.approx((x, y), abs=1e-5)
