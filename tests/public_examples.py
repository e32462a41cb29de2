"""The examples of public docstrings: run as they stand, and taken apart into a valid call of their function."""

import ast
import contextlib
import doctest
import importlib
import inspect
import io
import pkgutil

import numpy as np

import cnub
from cnub.pages.reference import Public, public_layer


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


def inner_functions() -> list:
    """Functions behind the public ones whose docstring shows an example."""
    public = {inspect.unwrap(one.value) for one in public_layer() if one.kind == "function"}
    names = [info.name for info in pkgutil.walk_packages(cnub.__path__, "cnub.") if not info.name.endswith("__main__")]
    shown = [inspect.unwrap(value) for name in names for value in _functions(importlib.import_module(name))]
    return [function for function in shown if function not in public and ">>>" in (function.__doc__ or "")]


def _functions(module):
    found = [value for value in list(vars(module).values()) if inspect.isfunction(value)]
    return [value for value in found if inspect.unwrap(value).__module__ == module.__name__]


def inner_failures(function) -> str:
    """The same of a function behind the public ones, in the surroundings of its module."""
    scope = dict(vars(importlib.import_module(function.__module__))) | {"np": np}
    test = doctest.DocTestParser().get_doctest(inspect.getdoc(function), scope, function.__name__, None, 0)
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
