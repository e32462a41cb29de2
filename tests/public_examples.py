"""The examples of public docstrings: run as they stand, and taken apart into a valid call of their function."""

import ast
import contextlib
import doctest
import importlib
import inspect
import io

import numpy as np

from cnub.pages.reference import Public


def surroundings(one: Public) -> dict[str, object]:
    """What an example may use: all that its face offers, and NumPy."""
    face = importlib.import_module(one.face)
    return {name: getattr(face, name) for name in face.__all__} | {"np": np}


def failures(one: Public) -> str:
    """What an example prints that it does not say; nothing if all holds."""
    test = doctest.DocTestParser().get_doctest(one.docstring, surroundings(one), one.name, None, 0)
    assert test.examples, f"{one.face}.{one.name} shows no example"
    report = io.StringIO()
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=report.write)
    return report.getvalue()


def example_call(one: Public) -> dict[str, object] | None:
    """The arguments of the first call of a function in its own example, by name; None if there is none."""
    scope = surroundings(one)
    for example in doctest.DocTestParser().get_examples(one.docstring):
        tree = ast.parse(example.source)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) == one.name:
                return _bound(one.value, node, scope)
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(tree, one.name, "exec"), scope)
    return None


def _bound(function, node, scope):
    values = [_value(argument, scope) for argument in node.args]
    named = {keyword.arg: _value(keyword.value, scope) for keyword in node.keywords if keyword.arg}
    for keyword in node.keywords:
        named |= {} if keyword.arg else _value(keyword.value, scope)
    return dict(inspect.signature(function).bind(*values, **named).arguments)


def _value(node, scope):
    return eval(compile(ast.Expression(node), "argument", "eval"), scope)
