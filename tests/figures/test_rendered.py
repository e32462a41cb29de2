"""A figure in a notebook: its words, its foot, its files, and what these say of how they were made."""

import inspect
import io
import json
import re
import shlex
from base64 import b64decode

import pandas as pd
import pytest
from matplotlib.figure import Figure as Canvas
from PIL import Image

from cnub import DomainError, __version__
from cnub.figures import FORMATS, files, find, registry, save, stodolsky_effect
from cnub.figures.files import command, render
from cnub.figures.parameters import Points
from cnub.figures.rendered import MIME, ROLE, html, without_roles
from cnub.parameters import cast, parse

RING = {"nucleons": 100.0, "radius_cm": 2.0}


@pytest.fixture(scope="module")
def ring():
    return stodolsky_effect.torque(**RING, points=11)


def test_words_say_what_was_computed(ring):
    assert "100 nucleons" in ring.caption and "$R = 2$ cm" in ring.caption
    assert f"{ring.table['acceleration_cm_s2'].max():.0e}" in ring.alt
    assert "A = 100" in [
        text.get_text().split(",")[0]
        for legend in find("stodolsky-torque").canvas(ring.table, RING).legends
        for text in legend.get_texts()
    ]


def test_a_call_is_the_figure_of_its_id_and_refuses_what_it_refuses(ring):
    assert ring.table.equals(find("stodolsky-torque").compute(**RING, points=11))
    assert ring.parameters == {**RING, "points": 11}
    assert list(inspect.signature(stodolsky_effect.torque).parameters) == list(ring.parameters)
    with pytest.raises(DomainError, match="has no parameter 'mass'"):
        stodolsky_effect.torque(mass=1.0)
    with pytest.raises(DomainError, match=r"^nucleons must be"):
        stodolsky_effect.torque(nucleons=0.0)


def test_the_bundle_has_a_text_a_page_for_notebooks_and_one_for_the_site(ring):
    bundle = ring._repr_mimebundle_()
    assert list(bundle) == ["text/plain", "text/html", MIME]
    assert bundle["text/plain"] == f"stodolsky-torque: {ring.alt}"
    assert json.loads(json.dumps(bundle[MIME])) == bundle[MIME]
    page = bundle["text/html"]
    (alt,) = re.findall(r'<img [^>]*alt="([^"]*)"', page)
    (image,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]*)"', page)
    (table,) = re.findall(r'href="data:text/csv;base64,([^"]*)"', page)
    assert alt == ring.alt and b64decode(image).decode() == ring.svg
    assert len(pd.read_csv(io.BytesIO(b64decode(table)))) == 11
    assert "$R = 2$ cm" in page and "(eq-sto-torque)" in page and not ROLE.search(page)


def test_the_foot_says_how_to_make_it_again(ring, tmp_path):
    contents = ring.contents()
    assert contents["parameters"] == ["nucleons = 100", "radius_cm = 2 cm", "points = 11"]
    assert contents["function"] == "cnub.figures.stodolsky_effect.torque"
    assert contents["version"] == f"cnub {__version__}"
    words = shlex.split(contents["command"])
    assert words[:3] == ["cnub", "figure", ring.id] and words[-2:] == ["--out", "stodolsky-torque.svg"]
    values = cast("figure", parse(words[4:-2:2]), find(ring.id).parameters())
    save(ring.id, tmp_path / "again.svg", tmp_path / "again.csv", **values)
    assert (tmp_path / "again.svg").read_text() == contents["files"]["svg"]
    assert (tmp_path / "again.csv").read_text() == contents["files"]["csv"]
    assert list(contents["files"]) == ["csv", "csv-metadata.json", "svg"]


def test_the_foot_in_a_notebook(ring):
    page = html(ring.contents(), without_roles(ring.caption), commit="0123456789")
    (foot,) = re.findall(r"<details>(.*)</details>", page, flags=re.S)
    for said in ("stodolsky-torque", "nucleons = 100", command(find(ring.id), ring.parameters), "0123456789"):
        assert said in foot


def test_every_word_is_escaped():
    contents = find("claims-tally")().contents() | {"alt": 'a "quoted" <word>', "caption": "<b>"}
    page = html(contents, "if $a<b$ & **c**, <script>")
    assert "<script>" not in page and "$a&lt;b$ &amp; <strong>c</strong>" in page
    assert 'alt="a &quot;quoted&quot; &lt;word&gt;"' in page


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_says_its_id_parameters_and_version(tmp_path, kind):
    path, again = tmp_path / f"x.{kind}", tmp_path / f"y.{kind}"
    save("stodolsky-torque", path, **RING)
    save("stodolsky-torque", again, **RING)
    assert path.read_bytes() == again.read_bytes()
    if kind == "png":
        said = " ".join(Image.open(path).text.values())
    else:
        said = path.read_bytes().decode("latin-1").replace("\\", "")  # a PDF escapes brackets
    for word in ("stodolsky-torque(nucleons=100.0, radius_cm=2.0, points=61)", f"cnub {__version__}",
                 find("stodolsky-torque").summary):  # fmt: skip
        assert word in said


@pytest.mark.parametrize("kind", FORMATS)
def test_formulas_that_are_kept_are_drawn_as_when_they_are_read(ring, monkeypatch, kind):
    chosen = find("stodolsky-torque")
    kept = [render(chosen, ring.table, kind, ring.parameters) for _ in range(2)]
    monkeypatch.setattr(files, "_read", files._read.__wrapped__)
    assert kept == [render(chosen, ring.table, kind, ring.parameters)] * 2


def test_a_table_is_plain_csv_and_its_description_lies_beside_it(tmp_path):
    data = tmp_path / "ring.csv"
    save("stodolsky-torque", tmp_path / "ring.svg", data, **RING)
    table, about = pd.read_csv(data), json.loads((tmp_path / "ring.csv-metadata.json").read_text())
    assert about["url"] == data.name and about["dc:source"] == f"cnub {__version__}"
    assert about["notes"][0]["parameters"] == {**RING, "points": 61}
    assert [column["titles"] for column in about["tableSchema"]["columns"]] == list(table.columns)
    assert {column["datatype"] for column in about["tableSchema"]["columns"]} == {"double"}


def test_a_drawing_and_the_words_are_told_the_parameters_they_name(monkeypatch):
    monkeypatch.setattr(registry, "REGISTRY", {})

    @registry.figure("told", chapter="intro", summary="s", caption=lambda table, points: f"{points} of {len(table)}")
    def told(points: Points = 5, seed: Points = 7) -> pd.DataFrame:
        return pd.DataFrame({"x": range(points)})

    seen = []

    @told.drawing
    def draw(table, seed):
        seen.append((len(table), seed))
        return Canvas()

    shown = told(points=6, seed=9)
    assert shown.caption == "6 of 6" and shown.alt == ""
    render(told, shown.table, "svg", shown.parameters)
    assert seen == [(6, 9)]
