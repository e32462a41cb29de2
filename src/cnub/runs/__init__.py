"""Heavy runs and chapters, executed by papermill; records that are replaced whole and say where they come from."""

from cnub.runs.heavy import execute, names, parameters, title
from cnub.runs.records import recorded, results

__all__ = ["execute", "names", "parameters", "recorded", "results", "title"]
