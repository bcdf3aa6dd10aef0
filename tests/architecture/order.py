"""Nothing may depend on the order in which a set happens to lie in memory.

That order follows the hash seed of the process, so a loop over a set can decide the same game differently
twice.  The checker knows a set when it sees one: literals, comprehensions, `set(...)`, set operators and
methods on those, fields and functions annotated as sets in any of the files read, and names bound to any of
these in the same function or at the top.  A set may be asked (`in`, `len`, `==`), turned into another set, or
sorted without a key; it may not be walked through.  `hash` and `id` are refused for the same reason, except
where a `__hash__` is defined.
"""

from __future__ import annotations

import ast

from tests.architecture.places import Finding

MAKERS = frozenset({"set", "frozenset"})
ALGEBRA = frozenset({"union", "intersection", "difference", "symmetric_difference"})
WALKERS = frozenset(
    "list tuple enumerate zip map filter iter reversed sum join fromkeys fromiter extend".split()
)
ORDERLESS = frozenset({"sorted", "set", "frozenset", "any", "all", "min", "max", "len"})
TIES = frozenset({"sorted", "min", "max"})
ANNOTATIONS = frozenset({"set", "frozenset", "Set", "AbstractSet", "MutableSet", "FrozenSet"})
ADDRESSES = frozenset({"hash", "id"})
SENTENCE = "walks through a set, whose order follows the hash seed; sort it first"


def unfit_order(source: str, elsewhere: frozenset[str] = frozenset()) -> list[Finding]:
    """Every place in `source` where the order of a set, a hash or an address could reach a result.

    `elsewhere` is what `set_marks` says of the files whose classes and functions `source` may use.
    """
    tree = ast.parse(source)
    reader = _Reader(_names_bound(tree, elsewhere | set_marks(source)))
    reader.visit(tree)
    return sorted(set(reader.findings))


def _says_set(annotation: ast.expr | None) -> bool:
    match annotation:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in ANNOTATIONS
        case ast.Subscript(value=ast.Name(id="ClassVar" | "Final" | "Annotated"), slice=inner):
            return _says_set(inner.elts[0] if isinstance(inner, ast.Tuple) else inner)
        case ast.Subscript(value=value):
            return _says_set(value)
        case ast.BinOp(left=left, right=right):
            return _says_set(left) or _says_set(right)
        case _:
            return False


def set_marks(source: str) -> frozenset[str]:
    """What holds a set wherever it appears: `.field` for fields of classes, `call()` for functions."""
    marks: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ClassDef(body=body):
                fields = (n for n in body if isinstance(n, ast.AnnAssign) and _says_set(n.annotation))
                marks.update(f".{n.target.id}" for n in fields if isinstance(n.target, ast.Name))
            case ast.AnnAssign(target=ast.Attribute(attr=name), annotation=said) if _says_set(said):
                marks.add(f".{name}")
            case ast.FunctionDef(name=name, returns=annotation) if _says_set(annotation):
                marks.add(f"{name}()")
            case _:
                pass
    return frozenset(marks)


def _names_bound(scope: ast.Module | ast.FunctionDef, marks: frozenset[str]) -> frozenset[str]:
    """`marks` and the names bound to sets by the parameters and statements of one function or of the file."""
    names = set(marks)
    parts = scope.body if isinstance(scope, ast.Module) else [scope]
    for node in (n for part in parts for n in ([part] if isinstance(scope, ast.Module) else ast.walk(part))):
        match node:
            case ast.arg(arg=name, annotation=annotation) if _says_set(annotation):
                names.add(name)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation) if _says_set(annotation):
                names.add(name)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_set(value, frozenset(names)):
                names.add(name)
            case _:
                pass
    return frozenset(names)


def _is_set(node: ast.expr, names: frozenset[str]) -> bool:
    match node:
        case ast.Set() | ast.SetComp():
            return True
        case ast.Name(id=name):
            return name in names
        case ast.Attribute(attr=name):
            return f".{name}" in names
        case ast.Call(func=ast.Name(id=name)) if name in MAKERS or f"{name}()" in names:
            return True
        case ast.Call(func=ast.Attribute(attr=name)) if name in ALGEBRA or f"{name}()" in names:
            return True
        case ast.Call(func=ast.Attribute(value=owner, attr="copy")):
            return _is_set(owner, names)
        case ast.BinOp(left=left, op=ast.BitOr() | ast.BitAnd() | ast.Sub() | ast.BitXor(), right=right):
            return any(_is_set(side, names) or _is_keys(side) for side in (left, right))
        case ast.IfExp(body=yes, orelse=no):
            return _is_set(yes, names) or _is_set(no, names)
        case _:
            return False


def _is_keys(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"keys", "items"}
    )


class _Reader(ast.NodeVisitor):
    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.findings: list[Finding] = []
        self.inside_hash = False

    def _refuse(self, node: ast.expr, walked: ast.expr, sentence: str = SENTENCE) -> None:
        if _is_set(walked, self.names):
            self.findings.append(Finding(node.lineno, sentence))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        before = self.names, self.inside_hash
        self.names, self.inside_hash = _names_bound(node, self.names), node.name == "__hash__"
        self.generic_visit(node)
        self.names, self.inside_hash = before

    def visit_For(self, node: ast.For) -> None:
        self._refuse(node.iter, node.iter)
        self.generic_visit(node)

    def visit_Starred(self, node: ast.Starred) -> None:
        self._refuse(node, node.value)
        self.generic_visit(node)

    def visit_ListComp(self, node: ast.ListComp) -> None:
        self._walk_comprehension(node)

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._walk_comprehension(node)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self._walk_comprehension(node)

    def _walk_comprehension(self, node: ast.ListComp | ast.DictComp | ast.GeneratorExp) -> None:
        for clause in node.generators:
            self._refuse(node, clause.iter)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        match node.func:
            case ast.Name(id=name):
                self._check_builtin(node, name)
                if self._read_without_order(node, name):
                    return
            case ast.Attribute(value=owner, attr="pop") if not node.args:
                self._refuse(node, owner, "pop() takes whichever element of a set lies first; sort it")
            case ast.Attribute(attr=name) if name in WALKERS:
                self._refuse_each(node)
            case _:
                pass
        self.generic_visit(node)

    def _check_builtin(self, node: ast.Call, name: str) -> None:
        if name in ADDRESSES and not (name == "hash" and self.inside_hash):
            self.findings.append(Finding(node.lineno, f"{name}() differs from process to process"))
        if name in WALKERS:
            self._refuse_each(node)
        if name in TIES and _has_key(node) and node.args:
            self._refuse(
                node, node.args[0], "equal keys leave the order to the set; sort without a key first"
            )

    def _refuse_each(self, node: ast.Call) -> None:
        for argument in node.args:
            self._refuse(node, argument)

    def _read_without_order(self, node: ast.Call, name: str) -> bool:
        """Whether the order in which the first argument is read does not matter; it is then read here."""
        first = node.args[0] if node.args else None
        if name not in ORDERLESS or _has_key(node):
            return False
        match first:
            case ast.GeneratorExp() | ast.ListComp():
                parts = list(ast.iter_child_nodes(first))
            case ast.Call(func=ast.Name(id="map" | "filter"), args=arguments):
                parts = list(arguments)
            case _:
                return False
        for part in [*parts, *node.args[1:]]:
            self.visit(part)
        return True


def _has_key(node: ast.Call) -> bool:
    return any(k.arg == "key" for k in node.keywords)
