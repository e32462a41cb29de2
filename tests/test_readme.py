"""The Python of the README runs as printed; its commands are those of test_printed_commands."""

import contextlib
import io
import re
from pathlib import Path

import cnub

README = (Path(__file__).resolve().parents[1] / "README.md").read_text()


def test_the_example_answers_what_its_comments_say():
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.S)
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(code, names)
    (density, _), (rate, remains) = (map(float, line.split()) for line in printed.getvalue().splitlines())
    assert density == cnub.density_excess(1.7e10, -2.5e-8).density_excess
    assert 0 < remains < rate == cnub.event_rate("M1", "NO").rate_per_year


def test_a_reader_is_told_all_that_a_readme_has_to_tell():
    heads = re.findall(r"^## (.*)$", README, flags=re.M)
    assert heads == ["Three doors", "From Python", "From the shell", "Change a parameter", "Cite", "Ask, contribute"]
    assert all(name in README for name in ("CITATION.cff", "CONTRIBUTING.md", "CHANGELOG.md", "Python 3.11"))
