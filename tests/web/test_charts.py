"""Line charts: gaps stay gaps, labels stay apart."""

from __future__ import annotations

from itertools import pairwise

from warehouse_hub.web.charts import LABEL_GAP, Series, line_chart


def test_a_month_without_a_figure_breaks_the_line():
    chart = line_chart([Series("all", (70.0, 71.0, None, 72.0, 73.0))])
    assert len(chart.lines[0].paths) == 2


def test_a_provisional_end_is_drawn_apart():
    chart = line_chart([Series("all", (70.0, 71.0, 72.0), provisional=True)])
    assert chart.lines[0].tail
    assert chart.lines[0].paths[0].count("L") == 1


def test_labels_of_lines_that_end_together_do_not_cover_each_other():
    chart = line_chart([Series(name, (70.0, 71.0)) for name in ("a", "b", "c")])
    heights = sorted(line.label_y for line in chart.lines)
    assert len(heights) == 3
    assert all(later - earlier >= LABEL_GAP for earlier, later in pairwise(heights))


def test_nothing_to_join_is_no_chart():
    assert line_chart([Series("all", (None, 70.0, None))]) is None
