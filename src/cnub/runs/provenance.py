"""Where a result comes from: parameters, commit, machine, versions."""

from __future__ import annotations

import json
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("cnub", "numpy", "scipy", "numba", "papermill")


def provenance(name: str, parameters: dict[str, object], seconds: float) -> str:
    """JSON of what the run ``name`` was executed with, when, on what, and for how many ``seconds``."""
    facts = {
        "run": name,
        "parameters": parameters,
        "seconds": round(seconds, 2),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "packages": {package: version(package) for package in _PACKAGES},
    }
    return json.dumps(facts, indent=2) + "\n"


def _commit() -> str:
    here = Path(__file__).parent
    answer = subprocess.run(["git", "rev-parse", "HEAD"], cwd=here, capture_output=True, text=True, check=False)
    return answer.stdout.strip() or "unknown"
