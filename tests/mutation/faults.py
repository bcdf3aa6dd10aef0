"""Where a small fault can be put into code: an operator turned, a figure moved by one, a word misspelt, a check left out.

Only what runs is touched: bodies of functions.  Declarations, annotations, docstrings and prose (any text with a blank in it, f-strings,
the labels of terms) are left alone, and so are assertions.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

PAIRS: tuple[tuple[type[ast.AST], type[ast.AST]], ...] = (
    (ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.In, ast.NotIn), (ast.Is, ast.IsNot), (ast.Add, ast.Sub),
    (ast.Mult, ast.Div), (ast.And, ast.Or), (ast.BitAnd, ast.BitOr),
)  # fmt: skip
TURNED = {**dict(PAIRS), **{right: left for left, right in PAIRS}, ast.Mod: ast.Mult, ast.FloorDiv: ast.Mult, ast.USub: ast.UAdd}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
PROSE = (ast.JoinedStr, ast.Assert)
TYPES = ("annotation", "returns", "type_comment", "decorator_list", "args")
LABELLED = {"Term": 0, "Sign": 2, "sign": 2}  # calls that explain something, and where their words for people stand
KEYED = ("draw", "draw_many", "pick", "token", "derive")  # chance by a key: with another key it is as good
MOOT = ("strict",)  # arguments that only assert: two lists of one length are told so
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True)
class Site:
    """A place for a fault: the outermost function around it, its lines, and what puts the fault there."""

    function: Function
    lines: tuple[int, ...]
    what: str
    plant: Callable[[], object]


def sites(tree: ast.Module) -> list[Site]:
    """Every place in a module, in a fixed order; planting changes the tree that was given."""
    return [site for function in _outermost(tree) for site in _inside(function, function, function.lineno)]


def _outermost(node: ast.AST) -> Iterator[Function]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield child
        else:
            yield from _outermost(child)


def _inside(function: Function, node: ast.AST, statement: int) -> Iterator[Site]:
    statement = node.lineno if isinstance(node, ast.stmt) else statement
    for what, plant in _faults(node):
        yield Site(function, (statement, getattr(node, "lineno", statement)), what, plant)
    if isinstance(node, ast.keyword) and node.arg in MOOT:
        return
    words, keyed = _words(node), isinstance(node, ast.Call) and _name(node.func) in KEYED
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            is_types = name in TYPES and not isinstance(node, ast.Call)
            kept = is_types or child is words or (keyed and isinstance(child, ast.Constant))
            if isinstance(child, ast.AST) and not (kept or isinstance(child, PROSE) or _is_docstring(child)):
                yield from _inside(function, child, statement)


def _words(node: ast.AST) -> ast.expr | None:
    """What a call that explains something says in words, which is its first or, of signs, its third part."""
    if not isinstance(node, ast.Call) or _name(node.func) not in LABELLED:
        return None
    place = LABELLED[_name(node.func)]
    return node.args[place] if len(node.args) > place else None


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _faults(node: ast.AST) -> Iterator[tuple[str, Callable[[], object]]]:
    match node:
        case ast.Compare():
            for k, op in enumerate(node.ops):
                yield _turned(op, partial(node.ops.__setitem__, k))
        case ast.BinOp() | ast.BoolOp() | ast.AugAssign() | ast.UnaryOp(op=ast.USub()) if type(node.op) in TURNED:
            yield _turned(node.op, lambda new: setattr(node, "op", new))
        case ast.UnaryOp(op=ast.Not()):
            yield "not ... -> ...", lambda: setattr(node, "operand", _denied(node.operand))
        case ast.Constant(value=bool() | int() | float() as value):
            other = not value if isinstance(value, bool) else value + 1
            yield f"{value!r} -> {other!r}", lambda: setattr(node, "value", other)
        case ast.Constant(value=str() as text) if " " not in text:
            yield f"{text!r} misspelt", lambda: setattr(node, "value", f"{text}XX")
        case ast.If() | ast.IfExp() | ast.While() if isinstance(node.test, ast.Name | ast.Call | ast.Attribute):
            yield "test turned round", lambda: setattr(node, "test", _denied(node.test))
        case ast.comprehension(ifs=[ast.Name() | ast.Call() | ast.Attribute(), *_]):
            yield "filter turned round", lambda: node.ifs.__setitem__(0, _denied(node.ifs[0]))
        case ast.Expr(value=ast.Call() as call) if _name(call.func) != "assert_never":
            yield "left out", lambda: setattr(node, "value", ast.copy_location(ast.Constant(None), node))
        case ast.Call(func=ast.Name(id=name) as called) if name in NAMES:
            yield f"{name} -> {NAMES[name]}", lambda: setattr(called, "id", NAMES[name])
        case ast.Continue():
            yield "continue -> break", lambda: setattr(node, "__class__", ast.Break)
        case _:
            pass


def _turned(op: ast.AST, put: Callable[[Any], object]) -> tuple[str, Callable[[], object]]:
    other = TURNED[type(op)]
    return f"{type(op).__name__} -> {other.__name__}", lambda: put(other())


def _denied(test: ast.expr) -> ast.expr:
    return ast.copy_location(ast.UnaryOp(ast.Not(), test), test)
