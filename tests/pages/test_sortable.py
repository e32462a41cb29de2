"""A table that sorts by script and is whole without it."""

import base64
import re

import pandas as pd

from cnub.pages.sortable import sortable_table

TABLE = pd.DataFrame({"a": ["x < y", ""], "b": [1.2345e-11, float("nan")], "c": [112.5, 0.0], "hidden": [1, 2]})
SHOWN = sortable_table(TABLE, {"a": "name", "b": "rate", "c": "energy"}, "lines", "what it is", 2, ("c",)).data


def test_every_cell_stands_in_the_page_with_its_value_beside_what_is_shown():
    cells = re.findall(r'<td data-value="([^"]*)">([^<]*)</td>', SHOWN)
    assert cells[:3] == [("x &lt; y", "x &lt; y"), ("1.2345e-11", "1.2 × 10⁻¹¹"), ("112.5", "112.5")]
    assert cells[3:] == [("", "–"), ("", "–"), ("0.0", "0")]
    assert re.findall(r'<th scope="col">(\w+)</th>', SHOWN) == ["name", "rate", "energy"]


def test_the_file_has_every_column():
    data = re.search(r'download="lines.csv" href="data:text/csv;base64,([^"]+)"', SHOWN)[1]
    assert base64.b64decode(data).decode() == TABLE.to_csv(index=False)
