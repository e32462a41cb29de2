"""Pieces of a run: one that stands twice is computed once."""

from cnub.runs import tasks


def test_a_piece_asked_for_twice_is_computed_once_and_not_called_resumed(tmp_path, monkeypatch):
    monkeypatch.setattr(tasks, "_same_program", lambda *known: None)
    running = tasks._Run(tmp_path, "", [], "digest", "key", None, 1.0)
    monkeypatch.setattr(tasks, "_RUNNING", [running])
    assert tasks.run(abs, [-1, 2, -1]) == [1, 2, 1]
    assert running.resumed == 0
    assert len((tmp_path / "pieces" / "pieces.jsonl").read_text().splitlines()) == 3  # whose they are, and two
