"""Where a result comes from: parameters, program, commit, machine, versions, and what it cost."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cnub.runs.dependence import ROOT

SOURCES = ("src", "book/runs", "tests/sphere", "pyproject.toml", "requirements.lock")
"""What has to be as committed for a commit to say what computed."""


def at_start(name: str, parameters: dict[str, object], program: dict[str, object]) -> dict[str, Any]:
    """What is known before the run ``name`` computes: with what, from which commit, on which machine."""
    commit, clean = commit_and_cleanliness()
    lock = ROOT / "requirements.lock"
    return {
        "run": name,
        "parameters": parameters,
        "program": program,
        "commit": commit,
        "clean": clean,
        "lock": hashlib.sha256(lock.read_bytes()).hexdigest()[:12] if lock.is_file() else None,
        "started": now(),
        "machine": platform.machine(),
        "system": platform.system(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
    }


def commit_and_cleanliness() -> tuple[str, bool | None]:
    """The commit of the repository, and whether its sources are as committed; "unknown", None where git cannot tell."""
    top, _, commit = _git("rev-parse", "--show-toplevel", "HEAD").partition("\n")
    if not commit or Path(top).resolve() != ROOT.resolve():
        return "unknown", None
    return commit, not _git("status", "--porcelain", "--", *SOURCES)


def now() -> str:
    """The second that it is, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def as_text(facts: dict[str, Any]) -> str:
    """``facts`` as the content of a file."""
    return json.dumps(facts, indent=2) + "\n"


def _git(*arguments: str) -> str:
    # a GIT_DIR of a hook or an outer call speaks of another repository
    outside = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        answer = subprocess.run(
            ["git", *arguments], cwd=ROOT, env=outside, capture_output=True, text=True, check=False, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""
