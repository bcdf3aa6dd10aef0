"""Which arithmetic gives the same bits everywhere, and a checker that finds the rest.

IEEE 754 settles `+ - * / sqrt`; it leaves `exp`, `log` and powers to the library, and says nothing about the
order in which an array is added up.  numpy picks that order by processor and memory layout; the builtin `sum`
of floats changed in Python 3.12 (it compensates).  The checker is closed by default: of `numpy`, `math` and
`operator` only the names listed here may appear, and of the array methods none that reduces floats.  The
builtin `sum` may add what is visibly an integer: `len(x)`, `int(x)`, a comparison, an integer literal, and
sums of these. Everything else goes through `rules.exact`, the one file that is exempt (it is compared with
`math` by its own test).
"""

from __future__ import annotations

import ast

from tests.architecture.places import Finding, dotted

NUMPY = frozenset(
    """
    typing ndarray generic number integer floating bool_ float64 int8 int16 int32 int64 intp uint8
    uint16 uint32 uint64 dtype errstate inf nan pi newaxis array asarray ascontiguousarray require zeros
    ones empty full zeros_like ones_like empty_like full_like eye identity arange copy frombuffer fromiter
    tri tril triu tril_indices triu_indices diag diagonal indices ix_ meshgrid reshape ravel broadcast_to
    broadcast_arrays broadcast_shapes concatenate stack vstack hstack expand_dims squeeze swapaxes moveaxis
    transpose tile repeat roll flip split atleast_1d atleast_2d pad take take_along_axis put_along_axis
    where select choose nonzero flatnonzero argwhere count_nonzero searchsorted unique isin compress delete
    insert append shape ndim size unravel_index ravel_multi_index fill_diagonal copyto add subtract
    multiply divide true_divide floor_divide remainder mod negative positive abs absolute fabs sign signbit
    copysign sqrt square reciprocal maximum minimum fmax fmin max min amax amin argmax argmin clip floor
    ceil trunc rint frexp ldexp nextafter spacing heaviside outer sort argsort lexsort nan_to_num equal
    not_equal greater greater_equal less less_equal isclose allclose array_equal isfinite isnan isinf
    logical_and logical_or logical_not logical_xor bitwise_and bitwise_or bitwise_xor invert left_shift
    right_shift packbits unpackbits any all result_type shares_memory
    """.split()
)
MATH = frozenset(
    """
    sqrt isqrt floor ceil trunc fabs copysign frexp ldexp modf fmod remainder nextafter ulp isfinite
    isinf isnan isclose inf nan pi gcd lcm comb perm factorial
    """.split()
)
OPERATOR = frozenset(
    {"attrgetter", "itemgetter", "methodcaller", "and_", "or_", "xor", "eq", "ne", "lt", "le", "gt", "ge"}
)
ALLOWED = {"numpy": NUMPY, "math": MATH, "operator": OPERATOR}
CLOSED_MODULES = frozenset({"cmath", "statistics", "scipy", "random"})
REDUCTIONS = frozenset(
    "sum mean prod cumsum cumprod dot std var average trace matmul inner vdot einsum reduceat".split()
)
EXACT_REDUCERS = frozenset(
    "maximum minimum fmax fmin logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor".split()
)
INTEGER_CALLS = frozenset({"len", "int", "bool", "ord", "isinstance"})


def unfit_arithmetic(source: str) -> list[Finding]:
    """Every operation in `source` whose last bits may differ between machines or Python versions."""
    reader = _Reader()
    reader.visit(ast.parse(source))
    return sorted(set(reader.findings))


def is_integer(node: ast.expr) -> bool:
    """Whether the expression is an integer for all to see."""
    match node:
        case ast.Constant(value=int()) | ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.UnaryOp(operand=inner):
            return is_integer(inner)
        case ast.BinOp(left=left, op=op, right=right):
            return (
                not isinstance(op, ast.Div | ast.Pow | ast.MatMult) and is_integer(left) and is_integer(right)
            )
        case ast.IfExp(body=yes, orelse=no):
            return is_integer(yes) and is_integer(no)
        case ast.BoolOp(values=values):
            return all(is_integer(v) for v in values)
        case ast.Call(func=ast.Name(id=name)):
            return name in INTEGER_CALLS
        case _:
            return False


def _adds_integers(call: ast.Call) -> bool:
    if not call.args or call.keywords or not all(is_integer(start) for start in call.args[1:]):
        return False
    match call.args[0]:
        case ast.GeneratorExp(elt=element) | ast.ListComp(elt=element):
            return is_integer(element)
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return all(is_integer(e) for e in elements)
        case _:
            return False


class _Reader(ast.NodeVisitor):
    """Follows `import numpy as np` and `from math import exp as e`, so that another name is no way around."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.names: dict[str, str] = {}

    def _say(self, node: ast.stmt | ast.expr, sentence: str) -> None:
        self.findings.append(Finding(node.lineno, sentence))

    def _full_name(self, node: ast.expr) -> str | None:
        name = dotted(node)
        if name is None:
            return None
        first, _, rest = name.partition(".")
        return ".".join(filter(None, (self.names.get(first), rest))) if first in self.names else None

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._check_module(node, alias.name)
            self.names[alias.asname or alias.name.partition(".")[0]] = (
                alias.name if alias.asname else alias.name.partition(".")[0]
            )

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        self._check_module(node, module)
        for alias in node.names:
            self.names[alias.asname or alias.name] = f"{module}.{alias.name}"
            self._check_name(node, f"{module}.{alias.name}")

    def _check_module(self, node: ast.stmt, module: str) -> None:
        if module.partition(".")[0] in CLOSED_MODULES:
            self._say(node, f"{module} is not correctly rounded; use rules.exact or rules.chance")
        self._check_name(node, module)

    def _check_name(self, node: ast.stmt | ast.expr, name: str) -> None:
        module, _, rest = name.partition(".")
        if module in ALLOWED and rest and rest.partition(".")[0] not in ALLOWED[module]:
            self._say(
                node,
                f"{name} is not on the list of operations with the same bits everywhere; use rules.exact",
            )

    def visit_Attribute(self, node: ast.Attribute) -> None:
        name = self._full_name(node)
        if name is not None:
            self._check_name(node, name)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        match node.func:
            case ast.Name(id="sum") if not _adds_integers(node):
                self._say(
                    node, "builtin sum of floats differs between Python versions; use rules.exact.total"
                )
            case ast.Name(id="pow") if len(node.args) < 3:
                self._say(node, "pow is left to the C library; multiply, or use rules.exact.power")
            case ast.Attribute() as method:
                self._check_method(node, method)
            case _:
                pass
        self.generic_visit(node)

    def _check_method(self, call: ast.Call, method: ast.Attribute) -> None:
        owner = self._full_name(method.value)
        if method.attr in REDUCTIONS and not (owner or "").startswith("rules."):
            self._say(call, f".{method.attr}() adds in an order of the library's choosing; use rules.exact")
        if (
            method.attr == "reduce"
            and owner != "functools"
            and (owner or "").rpartition(".")[2] not in EXACT_REDUCERS
        ):
            self._say(call, ".reduce() adds in an order of the library's choosing; use rules.exact")
        if method.attr == "argsort" and not _is_stable(call):
            self._say(call, 'argsort orders ties by processor unless it says kind="stable"')

    def visit_BinOp(self, node: ast.BinOp) -> None:
        whole = (
            is_integer(node.left)
            and isinstance(node.right, ast.Constant)
            and isinstance(node.right.value, int)
        )
        self._check_operator(node, node.op, whole=whole)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._check_operator(node, node.op, whole=False)
        self.generic_visit(node)

    def _check_operator(self, node: ast.stmt | ast.expr, op: ast.operator, *, whole: bool) -> None:
        if isinstance(op, ast.MatMult):
            self._say(node, "@ adds in an order of the library's choosing; use rules.exact")
        if isinstance(op, ast.Pow) and not whole:
            self._say(node, "** is left to the C library; multiply, or use rules.exact.power")


def _is_stable(call: ast.Call) -> bool:
    return any(
        k.arg in {"kind", "stable"}
        and isinstance(k.value, ast.Constant)
        and k.value.value in {"stable", True}
        for k in call.keywords
    )
