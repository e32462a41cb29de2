"""Where a line of the physics can be changed: signs, factors, exponents, orderings, terms, ends of ranges, tables.

A site is one edit of one line. Left alone: docstrings, messages, type hints, numerical tolerances, and the bounds of
argument checks, which have tests of their own.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHECKS = {"finite", "positive", "non_negative", "within", "integer", "one_of", "finite_array", "finite_complex"}
TOLERANCES = {"xtol", "rtol", "atol", "epsabs", "epsrel", "limit", "points", "maxsize", "cache", "method"}
PARTNERS = {"NO": "IO", "E1": "M1", "dirac": "majorana", "paper": "definition", "e": "mu", "peak": "mean"}
PARTNERS |= {value: key for key, value in PARTNERS.items()}
FUNCTIONS = {"sin": "cos", "cos": "sin", "min": "max", "max": "min", "sinh": "cosh", "cosh": "sinh"}
FLIPPED = {ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">")}
SIGNS = {ast.Add: ("sign", b"+", "-"), ast.Sub: ("sign", b"-", "+"), ast.Mult: ("ratio", b"*", "/"),
         ast.Div: ("ratio", b"/", "*")}  # fmt: skip


@dataclass(frozen=True)
class Site:
    """One edit: ``path`` in the tree, ``line`` from 1, byte columns, ``text`` put there, and its ``kind``."""

    path: Path
    line: int
    start: int
    end: int
    text: str
    kind: str

    def apply(self, source: str) -> str:
        """``source`` of the file with this edit made."""
        lines = source.encode().split(b"\n")
        row = lines[self.line - 1]
        lines[self.line - 1] = row[: self.start] + self.text.encode() + row[self.end :]
        return b"\n".join(lines).decode()


def sites(path: Path) -> list[Site]:
    """All edits of one Python module or CSV table that can be made."""
    source = path.read_text()
    if path.suffix == ".csv":
        return list(_table(path, source))
    rows = [row.encode() for row in source.split("\n")]
    tables: set[int] = set()
    found = [site for node in _physics(ast.parse(source), tables) for site in _edits(node, path, rows, tables)]
    return list(dict.fromkeys(site for site in found if site.apply(source) != source))


def _table(path, source):
    for number, row in enumerate(source.split("\n")[1:], start=2):
        for match in re.finditer(r"(?<=,)-?\d+(\.\d+)?(e-?\d+)?(?=,)", row):
            start = len(row[: match.start()].encode())
            yield Site(path, number, start, start + len(match[0]), _next(match[0]), "table")


def _next(number):
    """The decimal ``number`` with its last printed digit changed by one."""
    mantissa, e, exponent = number.partition("e")
    digits = mantissa.rstrip("0") if "." in mantissa and mantissa.rstrip("0")[-1] != "." else mantissa
    last = max(n for n, char in enumerate(digits) if char.isdigit())
    changed = str(int(digits[last]) + 1) if digits[last] != "9" else "8"
    return digits[:last] + changed + digits[last + 1 :] + e + exponent


def _physics(node, tables, module=True) -> Iterator[ast.AST]:
    """Nodes that compute; constants of tables at the top level of a module go into ``tables``."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, (ast.Raise, ast.JoinedStr)):
                continue
            if isinstance(child, ast.keyword) and child.arg in TOLERANCES:
                continue
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            if isinstance(child, ast.Call) and getattr(child.func, "id", "") in CHECKS:
                continue
            inside = module and not isinstance(child, (ast.FunctionDef, ast.ClassDef))
            if inside and isinstance(node, (ast.Call, ast.Tuple)):
                tables.add(id(child))
            yield child
            yield from _physics(child, tables, inside)


def _edits(node, path, rows, tables):
    if node_lines := getattr(node, "lineno", None):
        if node_lines != node.end_lineno and not isinstance(node, ast.BinOp):
            return
        for line, start, end, text, kind in _replacements(node, rows, tables):
            yield Site(path, line, start, end, text, kind)


def _replacements(node, rows, tables):
    whole = (getattr(node, "lineno", 0), getattr(node, "col_offset", 0), getattr(node, "end_col_offset", 0))
    if isinstance(node, ast.BinOp):
        yield from _operations(node, whole, rows)
    elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        text = _text(node, rows)
        yield (*whole, _next(text), "table") if id(node) in tables else (*whole, f"({text} + 1)", "one more")
        if node.value not in (0, 1):
            yield *whole, f"(2 * {text})", "factor"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield *whole, _text(node.operand, rows), "sign"
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield from _comparison(node, rows)
    elif isinstance(node, ast.IfExp):
        test, body, other = (_text(part, rows) for part in (node.test, node.body, node.orelse))
        yield *whole, f"{other} if {test} else {body}", "ordering"
    elif isinstance(node, ast.Return) and isinstance(node.value, (ast.BinOp, ast.Call, ast.UnaryOp)):
        yield *whole, f"return 2 * ({_text(node.value, rows)})", "factor"
    elif isinstance(node, ast.Attribute) and node.attr in FUNCTIONS:
        yield whole[0], whole[2] - len(node.attr), whole[2], FUNCTIONS[node.attr], "function"
    elif isinstance(node, ast.Name) and node.id in FUNCTIONS:
        yield *whole, FUNCTIONS[node.id], "function"


def _operations(node, whole, rows):
    left, right = node.left, node.right
    if isinstance(node.op, ast.Pow) and isinstance(right, ast.Constant):
        yield right.lineno, right.col_offset, right.end_col_offset, f"({_text(right, rows)} + 1)", "exponent"
    if type(node.op) not in SIGNS or left.end_lineno != right.lineno:
        return
    kind, sign, other = SIGNS[type(node.op)]
    at = rows[right.lineno - 1].index(sign, left.end_col_offset)
    yield right.lineno, at, at + 1, other, kind
    if kind == "sign" and node.lineno == node.end_lineno:
        yield *whole, _text(left, rows), "dropped term"
        yield *whole, ("-" if isinstance(node.op, ast.Sub) else "") + _text(right, rows), "dropped term"


def _comparison(node, rows):
    left, right, op = node.left, node.comparators[0], type(node.ops[0])
    if op in FLIPPED and not (isinstance(right, ast.Constant) and isinstance(right.value, str)):
        sign, other = FLIPPED[op]
        at = rows[right.lineno - 1].index(sign.encode(), left.end_col_offset)
        yield right.lineno, at, at + len(sign), other, "boundary"
    if isinstance(right, ast.Constant) and right.value in PARTNERS:
        yield right.lineno, right.col_offset, right.end_col_offset, repr(PARTNERS[right.value]), "ordering"


def _text(node, rows):
    if node.lineno != node.end_lineno:
        return "..."
    text = rows[node.lineno - 1][node.col_offset : node.end_col_offset].decode()
    return f"({text})" if isinstance(node, (ast.BinOp, ast.IfExp)) else text
