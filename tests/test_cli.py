"""The command line that others script against: answers, JSON keys, and refusals with exit status 2."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pandas as pd
import pytest

from cnub import __version__, cases, runs
from cnub.claims import VERDICTS, claims, judge
from cnub.cli import main
from cnub.figures import catalogue
from cnub.runs import chapters, heavy, records
from cnub.sphere import SphereSolution
from cnub.terminal import json_text

EVERY_CLAIM = claims()
SPHERE_KEYS = {"density_excess", "error_estimate", "quantity", "method", "trapped_waves", "seconds"}
LEDGER_KEYS = {"id", "source", "quoted", "computed", "ratio", "verdict", "note"}
SECOND_ORDER = 0.01
"""Relative: delta/2 is the first order in delta = 1e-3 and 1/kR = 1e-2; measured 7e-4."""


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["cnub", *map(str, arguments)])
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as stop:
        main()
    return stop.value.code, out.getvalue(), err.getvalue()


@pytest.mark.parametrize(
    "command", ["", "sphere", "rate", "patch", "claims", "figure", "figures", "run", "runs", "chapter"]
)
def test_help_teaches(monkeypatch, command):
    code, out, _ = run(monkeypatch, *filter(None, [command]), "--help")
    assert code == 0 and len(out.split()) > 15


def strict(text):
    """What a parser that knows no Infinity and no NaN makes of it."""

    def refuse(word):
        raise AssertionError(f"{word} is no JSON")

    return json.loads(text, parse_constant=refuse)


def process(*arguments, **options):
    command = [sys.executable, "-m", "cnub", *map(str, arguments)]
    return subprocess.run(command, **({"capture_output": True, "text": True, "timeout": 120} | options))


def test_bare_command_prints_its_help(monkeypatch):
    code, out, err = run(monkeypatch)
    assert code == 0 and err == "" and "Usage: cnub" in out and "claims" in out


@pytest.mark.parametrize("module", ["cnub", "cnub.cli"])
def test_version_by_every_entry(module):
    done = subprocess.run([sys.executable, "-m", module, "--version"], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"cnub {__version__}\n", "")


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("cnub sp", "sphere"),
        ("cnub run earth", "earth_direct"),
        ("cnub figure sphere-e", "sphere-earth"),
        ("cnub chapter sto", "stodolsky_effect"),
    ],
)
def test_shell_completion(words, completed):
    asked = {"_CNUB_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = process(env=os.environ | asked)
    assert done.returncode == 0 and completed in done.stdout.split() and done.stderr == ""


def test_sphere_json(monkeypatch):
    code, out, _ = run(monkeypatch, "sphere", "--kR", 100, "--delta", -1e-3, "--method", "direct", "--json")
    answer = json.loads(out)
    assert code == 0 and set(answer) >= SPHERE_KEYS
    assert answer["method"] == "direct"
    assert answer["density_excess"] == pytest.approx(-5e-4, rel=SECOND_ORDER)


def test_two_quantities_of_the_ball(monkeypatch, tmp_path):
    case = ["--kR", 60, "--delta", 0.3, "--height", -20]
    fixed = strict(run(monkeypatch, "sphere", *case, "--json")[1])
    average = strict(run(monkeypatch, "sphere", *case, "--average", "--json")[1])
    by_name = strict(run(monkeypatch, "sphere", *case, "--method", "direct", "--json")[1])
    assert (fixed["quantity"], average["quantity"], by_name["quantity"]) == ("fixed k", "k average", "fixed k")
    assert (
        abs(fixed["density_excess"] - by_name["density_excess"]) <= fixed["error_estimate"] + by_name["error_estimate"]
    )
    assert abs(fixed["density_excess"] - average["density_excess"]) > 10 * average["error_estimate"]
    (tmp_path / "cases.csv").write_text("kR,delta,height\n60,0.3,-20\n")
    (row,) = csv.DictReader(io.StringIO(run(monkeypatch, "sphere", "--cases", tmp_path / "cases.csv", "--average")[1]))
    assert row["quantity"] == "k average" and float(row["density_excess"]) == average["density_excess"]


def test_sphere_cases_keep_their_order_and_columns(monkeypatch, tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("label,kR,delta,height\nb,200,1e-4,0\na,100,-1e-4,2.5\n")
    code, out, err = run(monkeypatch, "sphere", "--cases", path)
    table = pd.read_csv(io.StringIO(out))
    assert code == 0 and err == "" and list(table["label"]) == ["b", "a"]
    assert list(table.columns[:4]) == ["label", "kR", "delta", "height"] and set(table.columns) >= SPHERE_KEYS
    assert table["density_excess"][0] > 0
    path.write_text(out)
    again = pd.read_csv(io.StringIO(run(monkeypatch, "sphere", "--cases", path)[1]))
    pd.testing.assert_frame_equal(again.drop(columns="seconds"), table.drop(columns="seconds"))


BAD_ROWS = [
    "-5,1e-4,0",
    "x,1e-4,0",
    "100,2,0",
    "100,1e-4",
    "100,1e-4,0,0",
    ",1e-4,0",
    "nan,1e-4,0",
    "100,1e-4,0\x00",
    '"100,1e-4',
]


def test_bad_rows_are_named_and_the_others_answered(monkeypatch, tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text(
        "kR,delta,height\n" + "".join(f"{row}\n\n100,-1e-4,{i}\n" for i, row in enumerate(BAD_ROWS[:-1])) + BAD_ROWS[-1]
    )
    code, out, err = run(monkeypatch, "sphere", "--cases", path)
    assert code == 1
    assert list(pd.read_csv(io.StringIO(out))["height"]) == list(range(len(BAD_ROWS) - 1))
    lines = err.splitlines()
    assert len(lines) == len(BAD_ROWS)
    for i, line in enumerate(lines):
        assert line.startswith(f"cnub: line {2 + 3 * i} of {path}: ")


@pytest.mark.parametrize(
    ("header", "named"),
    [("kR,delta", "height is missing"), ("", "kR is missing"), ("kR,delta,height,kR", "'kR' is there 2 times")],
)
def test_header_without_the_columns_is_refused(monkeypatch, tmp_path, header, named):
    (tmp_path / "cases.csv").write_text(f"{header}\n1,2,3\n")
    code, out, err = run(monkeypatch, "sphere", "--cases", tmp_path / "cases.csv")
    assert code == 2 and out == "" and err.count("\n") == 1 and named in err


@pytest.mark.parametrize("beside", [["--json"], ["--kR", "1"], ["--delta", "0.1"], ["--height", "0"]], ids=" ".join)
def test_nothing_beside_cases_is_ignored(monkeypatch, tmp_path, beside):
    (tmp_path / "cases.csv").write_text("kR,delta,height\n100,-1e-4,0\n")
    code, out, err = run(monkeypatch, "sphere", "--cases", tmp_path / "cases.csv", *beside)
    assert code == 2 and out == "" and err.startswith(f"cnub: {beside[0].lstrip('-')} must be left out beside --cases")


def test_cases_are_answered_as_they_are_computed(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("kR,delta,height\n" + "1,-1e-4,0\n" * 3)
    seen = []

    class Out(io.StringIO):
        def flush(self):
            seen.append(self.getvalue().count("\n"))

    solution = SphereSolution(*range(len(cases.ANSWERS)))
    assert cases.answer_cases(path, lambda *case: solution, Out()) == 0
    assert seen == [2, 3, 4]


ROWS_PER_SECOND = 5000
"""Reading and printing alone, in rows a second of processor time."""


def test_reading_and_printing_keep_up(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("kR,delta,height\n" + "1.7e10,-2.5e-8,0.25\n" * ROWS_PER_SECOND)
    solution = SphereSolution(*[0.1] * len(cases.ANSWERS))
    with (tmp_path / "answers.csv").open("w") as out:
        start = time.process_time()
        cases.answer_cases(path, lambda *case: solution, out)
        assert time.process_time() - start < 1.0
    with (tmp_path / "answers.csv").open() as stream:
        assert len(list(csv.reader(stream))) == ROWS_PER_SECOND + 1


def test_rate_json_reproduces_the_paper(monkeypatch):
    code, out, _ = run(monkeypatch, "rate", "--transition", "M1", "--ordering", "NO", "--json")
    assert code == 0 and 4.5 <= json.loads(out)["rate_per_year"] < 5.5


def test_claims_say_the_same_in_every_form(monkeypatch):
    paper = {
        form: run(monkeypatch, "claims", "--source", "paper", *form.split())[1] for form in ("--json", "--csv", "")
    }
    rows = strict(paper["--json"])
    assert rows and all(set(row) >= LEDGER_KEYS and row["source"] == "paper" for row in rows)
    table = list(csv.DictReader(io.StringIO(paper["--csv"])))
    assert [(row["id"], row["statement"], row["verdict"]) for row in rows] == [
        (row["id"], row["statement"], row["verdict"]) for row in table
    ]
    assert all(
        count in paper[""].splitlines()[-1]
        for count in {f"{sum(r['verdict'] == v for r in rows)} {v}" for v in VERDICTS} - {f"0 {v}" for v in VERDICTS}
    )


def test_claims_are_kept_until_a_source_changes(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    one = next(claim for claim in EVERY_CLAIM if claim.id == "talk-one-second")
    judged = []
    monkeypatch.setattr("cnub.claims.recompute", lambda: judged.append(one) or [judge(one)])
    first, again = (run(monkeypatch, "claims", "--json")[1] for _ in range(2))
    assert first == again and len(judged) == 1
    monkeypatch.setattr("cnub.kept._digest", lambda sources: "0" * 32)  # as after an edit
    run(monkeypatch, "claims", "--json")
    assert len(judged) == 2


def test_claims_of_one_id_and_one_verdict(monkeypatch):
    (row,) = strict(run(monkeypatch, "claims", "--id", "talk-one-second", "--json")[1])
    assert row["id"] == "talk-one-second"
    text = run(monkeypatch, "claims", "--id", "talk-one-second")[1]
    assert row["statement"] in text and row["verdict"] in text
    for verdict in VERDICTS:
        rows = strict(run(monkeypatch, "claims", "--id", "talk-one-second", "--verdict", verdict, "--json")[1])
        assert len(rows) == (verdict == row["verdict"])


@pytest.mark.parametrize("columns", ["10", "40", "80", "200"])
def test_statement_is_shown_at_every_width(monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    one = next(claim for claim in EVERY_CLAIM if claim.id == "talk-one-second")
    monkeypatch.setattr("cnub.cli._every_row", lambda: [judge(one).row()])
    out = run(monkeypatch, "claims")[1]
    for word in ("decoupled,", "0.738175", "reproduced"):
        assert word in out
    assert max(map(len, out.splitlines())) <= max(80, int(columns))


def test_json_has_no_infinity(monkeypatch):
    out = run(monkeypatch, "patch", "--kappa", "48", "--length", "inf", "--json")[1]
    assert strict(out)["length"] == "inf"
    assert strict(json_text([{"a": float("nan"), "b": (float("-inf"), 1.5, None, "x")}])) == [
        {"a": "nan", "b": ["-inf", 1.5, None, "x"]}
    ]


def test_listings_name_what_they_list(monkeypatch):
    assert "claims-tally" in run(monkeypatch, "figures")[1]
    assert [row["id"] for row in strict(run(monkeypatch, "figures", "--json")[1])] == list(catalogue())
    assert [row["name"] for row in strict(run(monkeypatch, "runs", "--json")[1])] == runs.names()
    code, out, _ = run(monkeypatch, "runs")
    assert code == 0 and "kappas=[0.05" in out


def test_figure_and_its_data(monkeypatch, tmp_path):
    out, data = tmp_path / "f.svg", tmp_path / "f.csv"
    code, said, _ = run(monkeypatch, "figure", "relic-momentum", "-p", "points=11", "--out", out, "--data", data)
    assert code == 0 and out.is_file() and data.is_file() and str(out) in said
    assert run(monkeypatch, "figure", "relic-momentum", "--narrow", "--dark", "--out", tmp_path / "g.svg")[0] == 0
    assert "--narrow --dark" in (tmp_path / "g.svg").read_text() and "--narrow" not in out.read_text()


def test_one_grammar_of_parameters(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, "figure", "relic-momentum", "-p", "points=11", "--data", "d.csv")[0] == 0
    assert len(pd.read_csv("d.csv")) < 100
    given = []
    monkeypatch.setattr(runs, "execute", lambda *arguments, **options: given.append((arguments, options)) or tmp_path)
    code, out, _ = run(
        monkeypatch, "run", "crossover_map", "-p", "points=3", "-p", "mass=0.2", "--out", "d", "--record"
    )
    assert code == 0 and out == f"wrote {tmp_path}\n"
    arguments, options = given[0]
    assert arguments[:2] == ("crossover_map", {"points": "3", "mass": "0.2"})
    assert options == {"out": type(tmp_path)("d"), "record": True, "workers": None}
    asked = []

    def execute_all(names, *_, **options):
        asked.append((names, options))
        return [(name, tmp_path) for name in names]

    monkeypatch.setattr(heavy, "execute_all", execute_all)
    code, out, _ = run(monkeypatch, "run", "--all", "--force", "--out", "d")
    assert code == 0 and out.count(f"wrote {tmp_path}\n") == len(runs.names())
    assert asked == [(runs.names(), {"out": Path("d"), "record": False, "workers": None})]


def test_chapter_on_the_command_line(monkeypatch, tmp_path):
    given = []
    monkeypatch.setattr(chapters, "execute", lambda *arguments: given.append(arguments) or tmp_path / "f.ipynb")
    code, out, _ = run(monkeypatch, "chapter", "intro", "-p", "a=1", "-p", "b=x", "--out", "f.ipynb")
    assert code == 0 and out == f"wrote {tmp_path / 'f.ipynb'}\n"
    assert given == [("intro", {"a": "1", "b": "x"}, Path("f.ipynb"))]


def test_executed_chapter_on_the_standard_output(tmp_path):
    brief = "import cnub.runs.notebooks as n; n.execute = lambda path, values: {'chapter': path.stem, **values}; "
    called = f"{brief}import sys; sys.argv = ['cnub', 'chapter', 'intro', '--out', '/dev/stdout']; "
    done = subprocess.run(
        [sys.executable, "-c", f"{called}from cnub.cli import main; main()"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr, strict(done.stdout)) == (0, "", {"chapter": "intro"})


def test_every_figure_into_one_folder(monkeypatch, tmp_path):
    few = {id: found for id, found in catalogue().items() if id.startswith("relic-m")}
    monkeypatch.setattr("cnub.figures.catalogue", lambda: few)
    code, _, _ = run(monkeypatch, "figure", "all", "--out", tmp_path / "new" / "folder", "--data", tmp_path / "numbers")
    assert code == 0
    assert {path.stem for path in (tmp_path / "new" / "folder").glob("*.svg")} == set(few) and len(few) > 1
    assert {path.stem for path in (tmp_path / "numbers").glob("*.csv")} == set(few)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The environment of a process that finds the package, but no repository around it."""
    site = tmp_path_factory.mktemp("site")
    shutil.copytree(Path(cases.__file__).parent, site / "cnub", ignore=shutil.ignore_patterns("__pycache__"))
    return os.environ | {"PYTHONPATH": str(site)}


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["run", "--all"], "run must be called in a clone of the repository"),
        (["run", "earth_direct"], "run must be called in a clone of the repository"),
        (["runs", "--json"], "run must be called in a clone of the repository"),
        (["chapter", "intro"], "chapter must be called in a clone of the repository"),
        (["figure", "sphere-crossover"], "the record papermill_runs/crossover_map is in the repository"),
        (["figure", "patch-map"], "the record papermill_runs/patch_scan is in the repository"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_outside_the_repository_it_says_what_it_needs(installed, tmp_path, arguments, needed):
    done = process(*arguments, env=installed, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"cnub: {needed}") and done.stderr.count("\n") == 1


def test_every_figure_outside_the_repository_but_those_of_records(monkeypatch, tmp_path):
    few = {
        id: found
        for id, found in catalogue().items()
        if id in ("relic-momentum", "sphere-crossover", "refraction-materials")
    }
    monkeypatch.setattr("cnub.figures.catalogue", lambda: few)
    monkeypatch.setattr(records, "RECORDS", tmp_path / "none")
    code, out, err = run(monkeypatch, "figure", "all", "--out", tmp_path)
    assert code == 1 and out.count("wrote") == 2
    assert err.startswith("cnub: figure sphere-crossover: ") and err.count("\n") == 1


def test_numbers_of_a_figure_on_the_standard_output(tmp_path):
    done = process("figure", "relic-momentum", "--data", "/dev/stdout", cwd=tmp_path)
    assert done.returncode == 0 and done.stderr == ""
    assert "wrote" not in done.stdout and len(pd.read_csv(io.StringIO(done.stdout)))


@pytest.mark.parametrize("arguments", [["--help"], ["figures"], ["runs", "--json"], ["--version"]], ids=" ".join)
def test_full_standard_output_is_one_sentence(arguments):
    with open("/dev/full", "w") as full:
        done = process(*arguments, stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert done.returncode == 1
    assert done.stderr == "cnub: the standard output cannot be written: No space left on device\n"


def test_reader_that_went_away_is_told_nothing():
    reading, writing = os.pipe()
    os.close(reading)
    done = process("figures", stdout=writing, stderr=subprocess.PIPE, capture_output=False)
    os.close(writing)
    assert done.returncode == 1 and done.stderr == ""


def test_a_fault_of_ours_stays_visible(monkeypatch):
    def fault():
        raise OSError("a fault of ours")

    monkeypatch.setattr("cnub.cli._every_row", fault)
    monkeypatch.setattr(sys, "argv", ["cnub", "claims"])
    with redirect_stdout(io.StringIO()), pytest.raises(OSError, match="a fault of ours"):
        main()


REFUSED = [
    (["sphere", "--delta", "1e-3"], "kR"),
    (["sphere", "--kR", "0", "--delta", "1e-3"], "kR"),
    (["sphere", "--kR", "-5", "--delta", "1e-3"], "kR"),
    (["sphere", "--kR", "nan", "--delta", "1e-3"], "kR"),
    (["sphere", "--kR", "inf", "--delta", "1e-3"], "kR"),
    (["sphere", "--kR", "abc", "--delta", "1e-3"], "kR"),
    (["sphere", "--kR", "100", "--delta", "1"], "delta"),
    (["sphere", "--kR", "100", "--delta", "-1.5"], "delta"),
    (["sphere", "--kR", "100", "--delta", "nan"], "delta"),
    (["sphere", "--kR", "100", "--delta", "1e-3", "--height", "-100.5"], "height"),
    (["sphere", "--kR", "100", "--delta", "1e-3", "--height", "1e308"], "height"),
    (["sphere", "--kR", "10", "--delta", "1e-3", "--average"], "kR"),
    (["sphere", "--kR", "1e300", "--delta", "1e-3"], "kR"),
    (["sphere", "--kR", "100", "--delta", "1e-3", "--method", "magic"], "method"),
    (["sphere", "--cases", "no-such-file.csv"], "cases"),
    (["rate", "--transition", "E3", "--ordering", "NO"], "transition"),
    (["rate", "--transition", "E1", "--ordering", "XO"], "ordering"),
    (["rate", "--transition", "E1", "--ordering", "NO", "--nature", "weyl"], "nature"),
    (["rate", "--transition", "M1", "--ordering", "NO", "--nufit", "5.3"], "nufit"),
    (["rate", "--ordering", "NO"], "transition"),
    (["rate", "--transition", "M1", "--ordering", "NO", "--photon-slope", "nan"], "photon_slope"),
    (["rate", "--transition", "M1", "--ordering", "NO", "--volume", "0"], "volume_m3"),
    (["rate", "--transition", "M1", "--ordering", "NO", "--volume", "1e308"], "volume_m3"),
    (["rate", "--transition", "M1", "--ordering", "NO", "--clustering", "1e308"], "clustering"),
    (["rate", "--transition", "M1", "--ordering", "NO", "--lightest-mass", "1e200"], "lightest_mass"),
    (["rate", "--transition", "E1", "--ordering", "NO", "--density", "1e200"], "density_per_cm3"),
    (["rate", "--transition", "E1", "--ordering", "NO", "--coherence-time", "1e200"], "coherence_time_s"),
    (["rate", "--transition", "E1", "--ordering", "NO", "--coherence-time", "1e-308"], "coherence_time_s"),
    (
        ["rate", "--transition", "E1", "--ordering", "NO", "--level-energy", "1e200", "--average", "thermal"],
        "level_energy",
    ),
    (["patch", "--kappa", "48", "--length", "0.5", "--height", "1e308", "--filling-length", "0.25"], "height"),
    (["patch", "--kappa", "0", "--length", "1"], "kappa"),
    (["patch", "--kappa", "48", "--length", "nan"], "length"),
    (["patch", "--kappa", "48", "--length", "1", "--sign", "both"], "sign"),
    (["claims", "--source", "rumour"], "source"),
    (["figure", "no-such-figure"], "figure"),
    (["figure", "claims-tally", "--out", "/no/such/folder/f.svg"], "out"),
    (["figure", "claims-tally", "--out", "f.gif"], "out"),
    (["figure", "claims-tally", "-p", "mass=1"], "parameter"),
    (["figure", "claims-tally", "-p", "mass"], "parameter"),
    (["run", "no-such-run"], "run"),
    (["run"], "run"),
    (["run", "earth_direct", "-p", "kR", "1"], "unexpected"),
    (["run", "earth_direct", "-p", "kR"], "NAME=VALUE"),
    (["run", "earth_direct", "-p", "=1"], "NAME=VALUE"),
    (["run", "earth_direct", "-p", "kR=1", "-p", "kR=2"], "kR must be given once"),
    (["run", "earth_direct", "-p", "size=1"], "size"),
    (["run", "earth_direct", "-p", "kR=large"], "kR must be a number"),
    (["run", "patch_scan", "-p", "kappas=1"], "kappas must be a list"),
    (["run", "patch_scan", "-p", "kappas=[1,'a']"], "kappas must be a list"),
    (["run", "--all", "-p", "kR=1"], "parameter"),
    (["run", "earth_direct", "--out", "/dev/null"], "out"),
    (["run", "earth_direct", "--cluster", "nowhere"], "cluster"),
    (["chapter"], "name"),
    (["chapter", "no-such-chapter"], "chapter must be one of"),
    (["chapter", "bibliography"], "chapter must be one of"),
    (["chapter", "intro", "-p", "mass=1"], "chapter intro has no parameter 'mass'"),
    (["chapter", "intro", "--out", "/no/such/folder/f.ipynb"], "out"),
    (["figure", "all"], "out"),
    (["figure", "all", "--out", "d", "-p", "points=3"], "parameter"),
    (["figure", "claims-tally", "--data", "/no/such/folder/f.csv"], "data"),
    (["figure", "relic-momentum", "-p", "points=1.5"], "points must be a whole number"),
    (["claims", "--verdict", "wrong"], "verdict"),
    (["claims", "--id", "no-such-claim"], "id"),
    (["claims", "--json", "--csv"], "csv"),
    (["sphere", "--kR", "100"], "delta"),
    (["no-such-command"], "no-such-command"),
]


@pytest.mark.parametrize(("arguments", "named"), REFUSED, ids=lambda a: " ".join(a) if isinstance(a, list) else None)
def test_bad_input_is_one_sentence_and_status_2(monkeypatch, tmp_path, arguments, named):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(monkeypatch, *arguments)
    assert code == 2
    assert err.count("\n") == 1 and named in err and "Traceback" not in err
    assert out == ""
    assert list(tmp_path.iterdir()) == []
