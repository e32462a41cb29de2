"""What says who made this and what it is agrees in every file, and what others fill in or start from can be read."""

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from pybtex.database import parse_file

ROOT = Path(__file__).resolve().parents[1]
CFF = yaml.safe_load((ROOT / "CITATION.cff").read_text())
CODEMETA = json.loads((ROOT / "codemeta.json").read_text())
ZENODO = json.loads((ROOT / ".zenodo.json").read_text())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
BIBLIOGRAPHY = parse_file(ROOT / "book" / "references.bib").entries
FORMS = [path for path in sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")) if path.stem != "config"]
WITHOUT_IDENTIFIER = {"talk", "opher1974", "cabibbo1982", "zecho2002"}
"""Works of which no DOI or arXiv number is known here."""


def test_one_version_one_title_one_author():
    assert CFF["version"] == CODEMETA["version"] == ZENODO["version"] == PROJECT["version"]
    assert CFF["title"] == ZENODO["title"] and CFF["title"].startswith(f"{CODEMETA['name']}: ")
    assert CFF["abstract"] == CODEMETA["description"] == ZENODO["description"]
    assert CFF["keywords"] == CODEMETA["keywords"] == ZENODO["keywords"] == PROJECT["keywords"]
    authors = {CFF["authors"][0]["name"], CODEMETA["author"][0]["name"], ZENODO["creators"][0]["name"]}
    assert authors == {PROJECT["authors"][0]["name"]}
    assert CODEMETA["datePublished"] == CFF["date-released"].isoformat()


def test_the_licences_are_those_of_the_package():
    assert " AND ".join(CFF["license"]) == PROJECT["license"]
    assert [address.rpartition("/")[2] for address in CODEMETA["license"]] == CFF["license"]
    assert ZENODO["license"] in CFF["license"]


def test_the_citation_names_the_sources_as_the_bibliography_does():
    titles = {reference["title"].lower() for reference in CFF["references"]}
    assert titles == {BIBLIOGRAPHY[key].fields["title"].lower() for key in ("paper", "talk")}
    assert BIBLIOGRAPHY["paper"].fields["eprint"] in str(CFF["references"])


def test_no_file_has_an_address_that_is_not_known():
    """The repository and the site are named by the environment, or by nobody."""
    for about in (CFF, CODEMETA, ZENODO):
        assert not {"url", "repository-code", "codeRepository", "doi", "identifiers"} & set(about)


def test_works_have_an_identifier_that_is_one():
    for key, entry in BIBLIOGRAPHY.items():
        doi, eprint = entry.fields.get("doi"), entry.fields.get("eprint")
        assert (doi or eprint) is not None or key in WITHOUT_IDENTIFIER, key
        assert doi is None or re.fullmatch(r"10\.\d{4,}/\S+", doi), key
        assert eprint is None or re.fullmatch(r"(\d{4}\.\d{4,5}|[a-z-]+/\d{7})(v\d)?", eprint), key
        assert "arXiv:" not in entry.fields.get("note", ""), key


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_has_what_the_host_asks_for(path):
    form = yaml.safe_load(path.read_text())
    assert form["name"] and form["description"]
    asked = [part for part in form["body"] if part["type"] != "markdown"]
    assert all(part["type"] in {"input", "textarea", "dropdown", "checkboxes"} for part in asked)
    assert len({part["id"] for part in asked}) == len(asked) and all(part["attributes"]["label"] for part in asked)
    assert any(part.get("validations", {}).get("required") for part in asked)


def test_there_is_a_form_for_a_wrong_number():
    assert "This number is wrong" in {yaml.safe_load(path.read_text())["name"] for path in FORMS}


def test_what_starts_elsewhere_starts_from_the_lock():
    assert (ROOT / ".binder" / "requirements.txt").read_text() == "-r ../requirements.lock\n"
    python = (ROOT / ".binder" / "runtime.txt").read_text().strip().removeprefix("python-")
    assert f">={python}" == PROJECT["requires-python"]
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    assert f":{python}-" in container["image"] and container["postCreateCommand"] == "make .venv/.ready"
    for script in ("postBuild", "start"):
        assert (ROOT / ".binder" / script).stat().st_mode & 0o111


def test_the_changelog_names_the_silent_faults():
    text = (ROOT / "CHANGELOG.md").read_text()
    assert "Keep a Changelog" in text and text.count("*Silent*") > 5
    assert set(re.findall(r"^### (.*)$", text, flags=re.M)) <= {
        "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security",
    }  # fmt: skip
