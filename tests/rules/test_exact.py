"""The same bits everywhere: our exp and log against the library's, sums whatever the memory layout, batches against single rows."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

import numpy as np
import pytest

from rules import exact
from rules.exact import Array
from rules.force.power import projected, relative, shares
from rules.parameters import Parameters
from rules.society.reputation import audience, credibility
from tests.architecture.arithmetic import unfit_arithmetic

PLACES = 20_000
GAP_MAX = 1e-12


def numbers(seed: str, *shape: int, low: float = -3.0, high: float = 3.0) -> Array:
    """Numbers of very different size, so that the order of adding shows."""
    rng = Random(seed)
    values: Array = np.array([rng.uniform(-1, 1) * 10 ** rng.uniform(low, high) for _ in range(math.prod(shape))]).reshape(shape)
    return values


def layouts(values: Array) -> dict[str, Array]:
    """The same two-dimensional array, laid out in memory in several ways."""
    wide = np.zeros((values.shape[0] * 3, values.shape[1] * 2))
    wide[::3, ::2] = values
    turned = np.ascontiguousarray(values[::-1, ::-1])
    return {
        "rows": np.ascontiguousarray(values),
        "columns": np.asfortranarray(values),
        "strided": wide[::3, ::2],
        "backwards": turned[::-1, ::-1],
        "one of a batch": np.stack([values * 2.0, values, values * 3.0])[1],
        "transposed twice": values.T.copy().T,
    }


def test_exp_is_the_librarys_to_twelve_digits() -> None:
    """Relative, over the whole range in which a double has room; beyond it the argument is held."""
    rng = Random("exp")
    for x in [0.0, 1.0, -1.0, 1e-300, 0.34657359, -0.34657360, 700.0, -700.0, *(rng.uniform(-700, 700) for _ in range(PLACES))]:
        assert abs(float(exact.exp(x)) - math.exp(x)) <= GAP_MAX * math.exp(x)
    assert float(exact.exp(1e9)) == float(exact.exp(700.0))
    assert float(exact.exp(-1e9)) == float(exact.exp(-700.0))
    assert float(exact.exp(0.0)) == 1.0


def test_log_is_the_librarys_to_twelve_digits() -> None:
    """Relative, and absolute near 1."""
    rng = Random("log")
    close = [1.0 + rng.uniform(-1e-6, 1e-6) for _ in range(1_000)]
    for x in [1.0, 2.0, 0.5, math.sqrt(0.5), 5e-324, 1.7e308, *close, *(10 ** rng.uniform(-300, 300) for _ in range(PLACES))]:
        assert abs(float(exact.log(x)) - math.log(x)) <= GAP_MAX * max(abs(math.log(x)), 1.0)
    assert float(exact.log(1.0)) == 0.0


def test_power_is_the_librarys() -> None:
    """Nothing to a positive power is nothing; to the power 0 everything is 1; to 1 itself."""
    rng = Random("power")
    for _ in range(2_000):
        x, e = 10 ** rng.uniform(-6, 6), rng.uniform(0.01, 4)
        assert math.isclose(float(exact.power(x, e)), x**e, rel_tol=1e-11)
    values = np.array([0.0, 2.0])
    assert exact.power(values, 0.5).tolist() == [0.0, float(exact.power(2.0, 0.5))]
    assert exact.power(values, 0.0).tolist() == [1.0, 1.0]
    assert exact.power(values, 1.0).tolist() == [0.0, 2.0]


def test_the_small_functions() -> None:
    """Logistic, clip, sums of little, choice probabilities, frozen arrays."""
    assert float(exact.logistic(0.0)) == 0.5
    assert exact.clip(np.array([-1.0, 0.5, 9.0]), 0.0, 1.0).tolist() == [0.0, 0.5, 1.0]
    assert exact.total(np.zeros((3, 0))).tolist() == [0.0, 0.0, 0.0]
    assert exact.add([]) == 0.0
    assert exact.add([0.1, 0.2, 0.3]) == (0.1 + 0.2) + 0.3
    odds = exact.logit_choice(np.array([0.0, 1.0]), 2.0)
    assert math.isclose(float(odds[1] / odds[0]), math.exp(2.0), rel_tol=1e-12)
    assert exact.logit_choice(np.array([5.0, -5.0]), 0.0).tolist() == [0.5, 0.5]
    held = exact.frozen([[1, 2], [3, 4]])
    assert held.flags.c_contiguous
    with pytest.raises(ValueError, match="read-only"):
        held[0, 0] = 9.0


@pytest.mark.parametrize("sums", [7, exact.SUMS + 3])
def test_sums_do_not_depend_on_the_layout_of_memory(sums: int) -> None:
    """Each layout gives the bits of a plain loop from left to right, whether the sums are taken one by one or abreast."""
    for number in range(200):
        values = numbers(f"layout {number}", sums, 33)
        summed = [exact.add(row) for row in values.tolist()]
        for name, laid_out in layouts(values).items():
            assert exact.total(laid_out).tolist() == summed, name


@pytest.mark.parametrize("shape", [(2, 5), (3, 60), (40, 7), (2, 0)])
def test_a_product_of_matrices_is_its_sums_from_left_to_right(shape: tuple[int, int]) -> None:
    """Few sums or many, of two matrices or of a batch, in any layout of the left one; an empty sum is nothing."""
    rows, inner = shape
    right = numbers("right", inner, 4)
    for number in range(20):
        left = numbers(f"left {number}", rows, inner)
        found = [[exact.add(a * b for a, b in zip(row, column, strict=True)) for column in right.T.tolist()] for row in left.tolist()]
        assert all(exact.product(laid_out, right).tolist() == found for laid_out in layouts(left).values())
        assert exact.product(np.stack([left, left]), np.stack([right, right])).tolist() == [found, found]


def test_the_librarys_sum_would_be_noticed() -> None:
    """A control: numpy's own sum gives other bits for many of the same arrays, so the test above can see the difference."""
    apart = 0
    for number in range(200):
        values = numbers(f"layout {number}", 7, 33)
        apart += (
            len({tuple(laid_out.sum(axis=-1).tolist()) for laid_out in layouts(values).values()} | {tuple(exact.total(values).tolist())})
            > 1
        )
    assert apart > 50


@pytest.mark.parametrize(
    "planted",
    [
        "np.sum(values)",
        "values.sum()",
        "np.exp(values)",
        "np.log(values)",
        "values @ values",
        "values ** 1.5",
        "np.mean(values)",
        "sum(values)",
    ],
)
def test_planted_arithmetic_is_found_by_the_checker(planted: str) -> None:
    """What this file is there to replace may not be written anywhere else."""
    assert unfit_arithmetic(f"import numpy as np\n\ndef f(values):\n    return {planted}\n")


FORMULAS: dict[str, Callable[[Array], Array]] = {
    "exp": exact.exp,
    "log": lambda x: exact.log(np.abs(x) + 1e-3),
    "power": lambda x: exact.power(np.abs(x), 1.5),
    "logistic": exact.logistic,
    "clip": lambda x: exact.clip(x, -0.5, 0.5),
    "total": exact.total,
    "product": lambda x: exact.product(x[..., None, :], np.abs(x)[..., :, None] * [[1.0, 2.0]])[..., 0, :],
    "logit choice": lambda x: exact.logit_choice(x, 3.0),
    "shares": lambda x: shares(np.abs(x) + 0.01),
    "relative": lambda x: relative(np.abs(x) + 0.01),
    "projected": lambda x: projected(np.abs(x), np.full((4, x.shape[-1]), 2.5), np.linspace(1.0, 9.0, x.shape[-1]), 1.0),
    "credibility": lambda x: credibility(np.abs(x), np.abs(x) * 0.3, Parameters()),
    "audience": lambda x: audience(exact.clip(x, 0.0, 1.0), 0.5, Parameters()),
}


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("count", [1, 2, 3, 8, 17, 64, 130])
def test_a_batch_of_one_is_a_batch_of_many(name: str, count: int) -> None:
    """Every formula over [..., state] gives a row the same bits alone, in a batch, and in any layout of the batch."""
    formula = FORMULAS[name]
    for states in (1, 4, 25):
        batch = numbers(f"{name} {count} {states}", count, states, low=-2, high=1)
        alone = [formula(np.array(row)).tolist() for row in batch.tolist()]
        assert formula(batch).tolist() == alone
        assert [formula(batch[k : k + 1]).tolist()[0] for k in range(count)] == alone
        for laid_out in layouts(batch).values():
            assert formula(laid_out).tolist() == alone


def test_no_formula_reads_the_state_of_the_machine() -> None:
    """Asked twice, the same bits; arguments are left as they were."""
    values = numbers("twice", 5, 25)
    before = values.tobytes()
    for formula in FORMULAS.values():
        assert formula(values).tobytes() == formula(values).tobytes()
    assert values.tobytes() == before


def test_one_number_has_the_bits_of_an_array() -> None:
    """The functions for single numbers give exactly what the array functions give."""
    for x in [0.0, -0.5, 1e-9, 699.9, -800.0, 800.0, *(float(v) for v in numbers("one", 4000))]:
        assert exact.exp_one(x) == float(exact.exp(np.array([x]))[0])
        assert exact.logistic_one(x) == float(exact.logistic(np.array([x]))[0])
        positive = abs(x) + 1e-12
        assert exact.power_one(positive, 0.5) == float(exact.power(np.array([positive]), 0.5)[0])
        assert exact.power_one(x, 0.5) == float(exact.power(np.array([x]), 0.5)[0])
        assert exact.power_one(positive, 0.7) == float(exact.power(np.array([positive]), 0.7)[0])
        for exponent in (0.0, 1.0):
            assert exact.power_one(x, exponent) == float(exact.power(np.array([x]), exponent)[0])
        assert exact.log_one(positive) == float(exact.log(np.array([positive]))[0])
