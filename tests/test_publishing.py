"""The publishing workflow: rights where they are needed, and nothing that can be changed under our feet."""

import re
from pathlib import Path

import yaml

WORKFLOW = Path(__file__).resolve().parents[1] / ".github" / "workflows" / "publish.yml"
JOBS = yaml.safe_load(WORKFLOW.read_text())["jobs"]
READ_ONLY = {"contents": "read"}


def rights(job):
    return job.get("permissions", yaml.safe_load(WORKFLOW.read_text())["permissions"])


def test_code_of_a_pull_request_runs_without_rights():
    for job in JOBS.values():
        runs_our_code = any("run" in step or "checkout" in step.get("uses", "") for step in job["steps"])
        if runs_our_code:
            assert rights(job) == READ_ONLY
            assert all(
                step["with"]["persist-credentials"] is False
                for step in job["steps"]
                if "checkout" in step.get("uses", "")
            )
        else:
            assert "github.event_name == 'push'" in job["if"]
    assert "pull_request_target" not in WORKFLOW.read_text()


def test_only_the_deploying_job_may_write():
    writing = [name for name, job in JOBS.items() if "write" in rights(job).values()]
    assert writing == ["publish"]
    assert [step["uses"].split("@")[0] for step in JOBS["publish"]["steps"]] == ["actions/deploy-pages"]


def test_actions_are_pinned_by_digest():
    used = re.findall(r"uses: *(.*)", WORKFLOW.read_text())
    assert len(used) >= 3
    for action in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", action), action
