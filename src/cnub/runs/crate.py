"""The folder of a run described for machines: an RO-Crate, and a JSON Schema of its results."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np

CONTEXT, PROFILE = "https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/crate/1.1"
_FORMATS = {".json": "application/json", ".npz": "application/zip", ".ipynb": "application/x-ipynb+json"}


def metadata(facts: dict[str, Any], title: str, files: list[Path]) -> dict[str, Any]:
    """The content of ``ro-crate-metadata.json`` for ``files``, from the provenance ``facts`` of their run."""
    made = {
        "@id": "#run",
        "@type": "CreateAction",
        "name": f"cnub run {facts['run']}",
        "startTime": facts["started"],
        "endTime": facts["finished"],
        "instrument": {"@id": "#cnub"},
        "object": [{"@id": f"#{name}"} for name in facts["parameters"]],
        "result": [{"@id": path.name} for path in files],
    }
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": title,
        "description": f"Results of the heavy run {facts['run']} of cnub, with the notebook that made them",
        "datePublished": facts["finished"],
        "license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
        "hasPart": [{"@id": path.name} for path in files],
        "mentions": {"@id": "#run"},
    }
    graph = [_descriptor(), root, made, _software(facts), *map(_value, facts["parameters"].items()), *map(_file, files)]
    return {"@context": CONTEXT, "@graph": graph}


def schema(results: dict[str, Any], arrays: dict[str, np.ndarray]) -> dict[str, Any]:
    """JSON Schema of ``results.json``, and under ``arrays`` type and shape of what the ``*.npz`` hold.

    >>> schema({"seconds": 1.5}, {})["properties"]
    {'seconds': {'type': 'number'}}
    """
    shapes = {name: {"dtype": str(array.dtype), "shape": list(array.shape)} for name, array in arrays.items()}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_kind(results), "arrays": shapes}


def _kind(value):
    if isinstance(value, dict):
        return {"type": "object", "properties": {k: _kind(v) for k, v in value.items()}, "required": list(value)}
    if isinstance(value, list):
        kinds = {json.dumps(_kind(entry), sort_keys=True) for entry in value}
        return {"type": "array", **({"items": json.loads(kinds.pop())} if len(kinds) == 1 else {})}
    if isinstance(value, bool) or value is None:
        return {"type": "null" if value is None else "boolean"}
    if isinstance(value, int):
        return {"type": "integer"}
    return {"type": "number"} if isinstance(value, float) and math.isfinite(value) else {"type": "string"}


def _descriptor():
    about = {"about": {"@id": "./"}, "conformsTo": {"@id": PROFILE}}
    return {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", **about}


def _software(facts):
    version = {"version": facts["program"]["versions"]["cnub"], "softwareVersion": facts["commit"]}
    return {"@id": "#cnub", "@type": "SoftwareApplication", "name": "cnub", **version}


def _value(item):
    name, value = item
    return {"@id": f"#{name}", "@type": "PropertyValue", "name": name, "value": value}


def _file(path):
    form = _FORMATS.get(path.suffix, "application/octet-stream")
    return {"@id": path.name, "@type": "File", "encodingFormat": form, "contentSize": str(path.stat().st_size)}
