"""The command line that others script against: answers, JSON keys, and refusals with exit status 2."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

import pandas as pd
import pytest

from cnub.cli import main

SPHERE_KEYS = {"density_excess", "error_estimate", "method", "trapped_waves", "seconds"}
LEDGER_KEYS = {"id", "source", "quoted", "computed", "ratio", "verdict", "note"}


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["cnub", *map(str, arguments)])
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as stop:
        main()
    return stop.value.code, out.getvalue(), err.getvalue()


@pytest.mark.parametrize("command", ["", "sphere", "rate", "patch", "claims", "figure", "figures", "run", "runs"])
def test_help_teaches(monkeypatch, command):
    code, out, _ = run(monkeypatch, *filter(None, [command]), "--help")
    assert code == 0 and len(out.split()) > 15


def test_sphere_json(monkeypatch):
    code, out, _ = run(monkeypatch, "sphere", "--kR", 100, "--delta", -1e-3, "--method", "direct", "--json")
    answer = json.loads(out)
    assert code == 0 and set(answer) >= SPHERE_KEYS
    assert answer["method"] == "direct"
    assert answer["density_excess"] == pytest.approx(-5e-4, rel=0.05)


def test_sphere_cases_keep_their_order_and_columns(monkeypatch, tmp_path):
    cases = tmp_path / "cases.csv"
    cases.write_text("label,kR,delta,height\nb,200,1e-4,0\na,100,-1e-4,2.5\n")
    code, out, _ = run(monkeypatch, "sphere", "--cases", cases)
    table = pd.read_csv(io.StringIO(out))
    assert code == 0 and list(table["label"]) == ["b", "a"]
    assert list(table.columns[:4]) == ["label", "kR", "delta", "height"] and set(table.columns) >= SPHERE_KEYS
    assert table["density_excess"][0] > 0


def test_rate_json_reproduces_the_paper(monkeypatch):
    code, out, _ = run(monkeypatch, "rate", "--transition", "M1", "--ordering", "NO", "--json")
    assert code == 0 and 4.5 <= json.loads(out)["rate_per_year"] < 5.5


def test_claims_json(monkeypatch):
    code, out, _ = run(monkeypatch, "claims", "--json", "--source", "paper")
    rows = json.loads(out)
    assert code == 0 and rows and all(set(row) >= LEDGER_KEYS and row["source"] == "paper" for row in rows)


def test_listings_name_what_they_list(monkeypatch):
    assert "claims-tally" in run(monkeypatch, "figures")[1]
    assert run(monkeypatch, "runs")[0] == 0


def test_figure_and_its_data(monkeypatch, tmp_path):
    out, data = tmp_path / "f.svg", tmp_path / "f.csv"
    code, said, _ = run(monkeypatch, "figure", "claims-tally", "--out", out, "--data", data)
    assert code == 0 and out.is_file() and data.is_file() and str(out) in said


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
    (["sphere", "--kR", "100", "--delta", "1e-3", "--height", "-1"], "height"),
    (["sphere", "--kR", "100", "--delta", "1e-3", "--method", "magic"], "method"),
    (["sphere", "--cases", "no-such-file.csv"], "cases"),
    (["rate", "--transition", "E3", "--ordering", "NO"], "transition"),
    (["rate", "--transition", "E1", "--ordering", "XO"], "ordering"),
    (["rate", "--transition", "E1", "--ordering", "NO", "--nature", "weyl"], "nature"),
    (["rate", "--ordering", "NO"], "transition"),
    (["rate", "--transition", "M1", "--ordering", "NO", "--photon-slope", "nan"], "photon_slope"),
    (["rate", "--transition", "M1", "--ordering", "NO", "--volume", "0"], "volume_m3"),
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
