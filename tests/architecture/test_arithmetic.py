"""The engine and the bots compute the same bits everywhere, and do not depend on the order of sets."""

from __future__ import annotations

import pytest

from tests.architecture.arithmetic import unfit_arithmetic
from tests.architecture.order import set_marks, unfit_order
from tests.architecture.places import ROOT, expect_none, python_files

EXEMPT = ROOT / "rules" / "exact.py"
PURE = [path for path in python_files("rules", "client/bots") if path != EXEMPT]
RECOGNISING = ROOT / "rules" / "lately.py"  # knows objects again by their address; no order follows from it

PLANTED_ARITHMETIC = [
    "import numpy as np\nx = np.exp(y)",
    "import numpy as np\nx = np.sum(y)",
    "import numpy as np\nx = np.add.reduce(y)",
    "import numpy as np\nx = np.linalg.norm(y)",
    "import numpy as np\nx = np.random.default_rng(1)",
    "import numpy as other\nx = other.log(y)",
    "import numpy.linalg",
    "from numpy import einsum as e\nx = e('ij,j', a, b)",
    "import numpy as np\nx = np.mean(y)",
    "import numpy as np\nx = np.dot(a, b)",
    "import numpy as np\nx = np.power(a, 2)",
    "import numpy as np\nx = np.argsort(a)",
    "import numpy as np\nx = np.argsort(a, kind='quicksort')",
    "x = y.sum(axis=-1)",
    "x = y.mean()",
    "x = y.prod()",
    "x = y.cumsum()",
    "x = a @ b",
    "x = a ** 2",
    "x = 10 ** -3",
    "x **= 0.5",
    "x = pow(a, 0.5)",
    "import math\nx = math.exp(1.0)",
    "from math import sin as s\nx = s(1.0)",
    "import math\nx = math.fsum(y)",
    "import operator\nx = operator.matmul(a, b)",
    "import statistics",
    "x = sum(y)",
    "x = sum(w * v for w, v in pairs)",
    "x = sum((len(a) for a in b), start)",
    "x = sum(len(a) / 2 for a in b)",
]
SOUND_ARITHMETIC = [
    "import numpy as np\nx = np.maximum.reduce(np.where(a > 0, np.sqrt(a), a * a))",
    "import numpy as np\nimport numpy.typing as npt\nx = np.add.accumulate(a)",
    "import numpy as np\nx = np.argsort(a, kind='stable')",
    "import math\nx = math.sqrt(2.0) + math.floor(y)",
    "x = sum(1 for a in b if a) + sum(len(a) * 2 for a in b) + sum([a > 0 for a in b])",
    "x = 2 ** 64 + pow(3, 5, 7)",
    "from rules import exact\nx = exact.total(y)",
    "import functools\nx = functools.reduce(f, y)",
]
PLANTED_ORDER = [
    "for x in {1, 2}: pass",
    "for x in set(y): pass",
    "x = [a for a in frozenset(y)]",
    "x = {a: 1 for a in {b for b in y}}",
    "x = list(set(y))",
    "x = ','.join({str(a) for a in y})",
    "x = (*set(y), 1)",
    "def f(friends: frozenset[str]):\n    return [a for a in friends]",
    "def f():\n    seen = set()\n    return tuple(seen)",
    "class A:\n    friends: frozenset[str]\n    def f(self):\n        return [a for a in self.friends]",
    "def g() -> set[int]: ...\nfor x in g(): pass",
    "x = list(a.keys() & b.keys())",
    "x = [a for a in left | {1}]",
    "x = next(iter(set(y)))",
    "x = set(y).pop()",
    "x = min(set(y), key=f)",
    "x = sorted(set(y), key=f)",
    "x = sorted([a for a in y], key=list(set(y)).index)",
    "x = any(f(list(set(a))) for a in y)",
    "x = sorted(map(list(set(a)).index, y))",
    "x = list(map(str, set(y)))",
    "x = hash(y)",
    "x = id(y)",
]
SOUND_ORDER = [
    "x = sorted(set(y)) + [len(set(y))]",
    "x = any(a for a in set(y)) or 1 in {1, 2} or max({1, 2})",
    "x = {a + 1 for a in set(y)}",
    "x = sorted(a for a in set(y) if a)",
    "x = sorted(map(str, a.keys() ^ b.keys()))",
    "def f():\n    seen = set()\ndef g(seen: list[int]):\n    return [a for a in seen]",
    "class A:\n    def __hash__(self) -> int:\n        return hash(self.name)",
    "x = stack.pop()\nfor a in {1: 2}: pass",
]


def test_the_engine_and_the_bots_use_exact_arithmetic() -> None:
    """No file of the pure rooms uses an operation whose last bits may differ."""
    assert PURE
    expect_none((p, f) for p in PURE for f in unfit_arithmetic(p.read_text()))


def test_the_engine_and_the_bots_do_not_depend_on_the_order_of_sets() -> None:
    """No file of the pure rooms walks through a set."""
    marks = frozenset[str]().union(*(set_marks(path.read_text()) for path in PURE))
    expect_none((p, f) for p in PURE if p != RECOGNISING for f in unfit_order(p.read_text(), marks))


@pytest.mark.parametrize("source", PLANTED_ARITHMETIC)
def test_planted_arithmetic_is_found(source: str) -> None:
    """The checker finds each known way to get other bits."""
    assert unfit_arithmetic(source)


@pytest.mark.parametrize("source", SOUND_ARITHMETIC)
def test_sound_arithmetic_is_left_alone(source: str) -> None:
    """The checker does not cry wolf."""
    assert unfit_arithmetic(source) == []


@pytest.mark.parametrize("source", PLANTED_ORDER)
def test_planted_order_is_found(source: str) -> None:
    """The checker finds each known way to let a set's order out."""
    assert unfit_order(source)


@pytest.mark.parametrize("source", SOUND_ORDER)
def test_sound_order_is_left_alone(source: str) -> None:
    """Sets may be asked, compared, sorted and turned into other sets."""
    assert unfit_order(source) == []


def test_a_fault_planted_in_a_real_file_is_found() -> None:
    """The same functions, fed a file of the engine with two lines added, find exactly these two lines."""
    source = (ROOT / "rules" / "chance.py").read_text()
    line = len(source.splitlines()) + 1
    planted = source + "WEIGHT = np.exp(1.0)\nNAMES = list({'a', 'b'})\n"
    assert [f.line for f in unfit_arithmetic(planted)] == [line]
    assert [f.line for f in unfit_order(planted)] == [line + 1]


def test_a_set_declared_in_another_file_is_known() -> None:
    """A field annotated as a set in one file is a set in every other."""
    walks = "def f(country):\n    return [a for a in country.friends]"
    assert unfit_order(walks) == []
    assert unfit_order(walks, set_marks("class Country:\n    friends: frozenset[str]"))
