"""The publishing workflow: rights where they are needed, and nothing that can be changed under our feet."""

import re
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[1] / ".github" / "workflows"
PUBLISH, RELEASE = FOLDER / "publish.yml", FOLDER / "release.yml"
READ_ONLY = {"contents": "read"}
WORKFLOWS = pytest.mark.parametrize("workflow", [PUBLISH, RELEASE], ids=lambda path: path.stem)


def jobs(workflow):
    return yaml.safe_load(workflow.read_text())["jobs"]


def rights(workflow, job):
    return job.get("permissions", yaml.safe_load(workflow.read_text())["permissions"])


def is_of_the_host(step):
    """Whether a step calls the host's own command and nothing of the repository."""
    return step.get("run", "").startswith("gh release create ")


@WORKFLOWS
def test_code_of_a_pull_request_runs_without_rights(workflow):
    for job in jobs(workflow).values():
        runs_our_code = any(
            ("run" in step and not is_of_the_host(step)) or "checkout" in step.get("uses", "") for step in job["steps"]
        )
        if runs_our_code:
            assert rights(workflow, job) == READ_ONLY
            assert all(
                step["with"]["persist-credentials"] is False
                for step in job["steps"]
                if "checkout" in step.get("uses", "")
            )
        else:
            assert "github.event_name == 'push'" in job["if"]
    assert "pull_request_target" not in workflow.read_text()


@WORKFLOWS
def test_only_the_deploying_job_may_write(workflow):
    writing = [name for name, job in jobs(workflow).items() if "write" in rights(workflow, job).values()]
    assert writing == ["publish"]
    used = [step["uses"].split("@")[0] for step in jobs(workflow)["publish"]["steps"] if "uses" in step]
    assert used == (["actions/deploy-pages"] if workflow == PUBLISH else ["actions/download-artifact"])


def test_a_release_is_its_tag_and_has_the_book_in_one_file():
    text = RELEASE.read_text()
    assert yaml.safe_load(text)[True] == {"push": {"tags": ["v*"]}}  # YAML reads the word on as true
    assert "GITHUB_REF_NAME#v" in text and "cnub.pdf" in text and "bash .ci/run" in text


@WORKFLOWS
def test_actions_are_pinned_by_digest(workflow):
    used = re.findall(r"uses: *(.*)", workflow.read_text())
    assert len(used) >= 2
    for action in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", action), action
