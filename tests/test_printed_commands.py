"""Every command that README, pages and help texts print works as printed, in a fresh clone, and leaves it clean.

One of each kind is a process of its own in a clone, and so is what the shell, ``make`` or a kernel has a part in. The
others are called in this process, where the package is loaded: it reads their words as the process would.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cnub
from cnub import runs
from cnub.cli import app, main
from cnub.pages import numbers as notebook

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "book").rglob("*.md"))]
COMMAND = re.compile(r"(?:\.venv/bin/)?(?:cnub|make) .*")
NAMED = re.compile(r"cnub \w+")
"""The mere name of a subcommand in the prose."""
SUBCOMMANDS = (
    "sphere",
    "earth",
    "capture",
    "acceleration",
    "rate",
    "patch",
    "claims",
    "figures",
    "figure",
    "runs",
    "run",
    "reproduce",
    "chapter",
)
AS_PROCESS = (
    ".venv/bin/cnub sphere --kR 1.7e10 --delta -2.5e-8",
    ".venv/bin/cnub rate --transition M1 --ordering NO",
    ".venv/bin/cnub figure stodolsky-torque -p nucleons=100",
    ".venv/bin/cnub figures",
    ".venv/bin/cnub acceleration --mass 0.1",
)
"""Commands of the package alone that are nevertheless executed as a reader does."""
KERNELS = ("run", "runs", "reproduce", "chapter")
"""Subcommands that write into the repository in which the package stands, or start a kernel."""
HEAVY = {
    ".venv/bin/cnub run earth_direct": "sums 2e10 waves; its parameters are read, the sum has its own tests",
    ".venv/bin/cnub reproduce": "computes everything again; each kind of comparison has its own tests",
    ".venv/bin/cnub reproduce --quick": "as well",
}
"""Commands that are not executed, and why."""
REDUCED = {".venv/bin/cnub run benchmarks": " -p largest_waves=1e6 -p scatterers=1000 -p repeats=1"}
"""Commands of a minute, and the inputs with which they take seconds."""
SAID = {
    ".venv/bin/cnub patch --kappa 46.8 --length inf --filling-length 0": -2 / 3,
    ".venv/bin/cnub patch --kappa 46.8 --length 0.494": 0.0,
}
"""What the page says, beside the command, that it answers."""
ANSWER_TOLERANCE = 1e-6
"""The empty plane is an integral of relative error 1e-9; the steady state over a patch vanishes to rounding."""


def without_comment(line):
    return re.sub(r"\s+#.*$", "", line.strip())


def printed():
    """Every command in a code block or between backticks."""
    for page in PAGES:
        text = page.read_text()
        lines = [line for block in re.findall(r"```bash\n(.*?)```", text, flags=re.S) for line in block.splitlines()]
        lines += [line for line in text.splitlines() if re.match(r" {4,}\S", line)]
        lines += re.findall(r"`([^`\n]+)`", text)
        for command in map(without_comment, lines):
            if COMMAND.fullmatch(command):
                yield command


def example(name):
    """The command of the line "Example: ..." of the help text of a subcommand, at 80 columns."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COLUMNS", "80")
        code, shown, _ = called([name, "--help"])
    assert code == 0
    ((command, rest),) = re.findall(r"Example: (.*)\n(.*)", shown)
    assert not rest.strip(), f"wrapped, it cannot be copied: {command}"
    return f".venv/bin/{command.strip()}"


def executed_form(command):
    """The command as it is executed: the name of a subcommand by its help, a target of make without its recipe."""
    if command.startswith("make"):
        return f"{command} --dry-run"
    return f".venv/bin/{command} --help" if NAMED.fullmatch(command) else command


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A copy of what git tracks or would track, with the environment of this test as its .venv."""
    folder = tmp_path_factory.mktemp("clone")
    listed = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    for name in filter(lambda name: (ROOT / name).is_file(), listed):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / ".git" / "info" / "exclude").write_text(".venv\n")
    git(folder, "-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "--quiet", "--message", "clone")
    return folder


def git(folder, *arguments):
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def of_the(clone):
    """The environment in which Python finds the package of ``clone``, and its kernels where this tree has them."""
    kernels = os.environ.get("NUMBA_CACHE_DIR") or str(Path(cnub.__file__).parent / "__pycache__")
    return os.environ | {"PYTHONPATH": str(clone / "src"), "NUMBA_CACHE_DIR": kernels}


def called(words):
    """Exit status, standard output and standard error of ``cnub`` with ``words``, called in this process."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["cnub", *words])
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as stop:
            main()
    return stop.value.code, out.getvalue(), err.getvalue()


def is_called(command):
    """Whether the command is one of the package alone, its words and nothing that only a shell reads."""
    program, subcommand, *_ = *command.split(), ""
    plain = program == ".venv/bin/cnub" and not set(command) & set("|&;<>$`*")
    return plain and subcommand not in KERNELS and command not in AS_PROCESS


def answered(clone, command):
    """Exit status, standard output and standard error of ``command`` in ``clone``."""
    if is_called(command):
        with contextlib.chdir(clone):
            return called(shlex.split(command, comments=True)[1:])
    done = subprocess.run(
        ["bash", "-c", command], cwd=clone, env=of_the(clone), capture_output=True, text=True, timeout=900
    )
    return done.returncode, done.stdout, done.stderr


def execute(clone, command):
    """Execute ``command`` in ``clone``; take away what it says it wrote, and return what it printed."""
    code, out, err = answered(clone, command)
    assert code == 0, f"{command}: {err}"
    assert "Traceback" not in err and "cnub:" not in err
    for written in re.findall(r"^wrote (.+)$", out, flags=re.M):
        for name in written.split(" and "):
            assert (clone / name).exists()
            shutil.rmtree(clone / name) if (clone / name).is_dir() else (clone / name).unlink()
    assert git(clone, "status", "--short") == ""
    return out


PRINTED = sorted(set(printed()))
(RERUN,) = re.findall(r"```bash\n(.*)\n```", notebook.rerun("stodolsky_effect").data)


@pytest.mark.parametrize("command", [command for command in PRINTED if command != RERUN])
def test_printed_command(clone, command):
    if command in HEAVY:
        assert "reproduce" in command or runs.parameters(command.split()[-1])
        assert execute(clone, f"{command} --help").strip()
        return
    before = git(ROOT, "status", "--short")
    out = execute(clone, executed_form(command) + REDUCED.get(command, ""))
    assert out.strip()
    if command in SAID:
        (answer,) = re.findall(r"^density_excess +(\S+)$", out, flags=re.M)
        assert float(answer) == pytest.approx(SAID[command], abs=ANSWER_TOLERANCE)
    assert git(ROOT, "status", "--short") == before


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_example_of_a_help_text(clone, name):
    command = example(name)
    if command not in {*PRINTED, RERUN}:  # those are executed for themselves
        assert execute(clone, command).strip()


def test_every_subcommand_has_its_example():
    assert {command.name or command.callback.__name__ for command in app.registered_commands} == set(SUBCOMMANDS)


def test_something_was_found_to_test():
    assert {"make book", "make test", *SAID, *HEAVY, ".venv/bin/cnub figure sphere-earth"} <= set(PRINTED)
    assert any(command.startswith(".venv/bin/cnub sphere") for command in PRINTED)
    assert {*AS_PROCESS, *REDUCED} <= set(PRINTED)


def test_rerun_leaves_the_tree_clean(clone):
    out = execute(clone, f"{RERUN} && cat _build/rerun/stodolsky_effect.ipynb")
    assert '"output_type"' in out and str(clone) not in out.partition("\n")[2]
    assert not list((clone / "book").rglob("*.ipynb"))


def test_it_is_the_clone_that_is_executed(clone):
    assert execute(clone, ".venv/bin/python -c 'import cnub; print(cnub.__file__)'").startswith(str(clone))
