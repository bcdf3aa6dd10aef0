"""The pages of the laboratory: the format of an experiment, from its models and from what the tables and metrics say of themselves."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from pydantic import BaseModel

from client.laboratory import metrics, rows, schema

MODELS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("The file", schema.ExperimentFile),
    ("A change", schema.Change),
    ("`figures`", schema.Alteration),
    ("`orders`", schema.Scripted),
    ("`withhold`", schema.Withheld),
    ("`[[factor]]`", schema.Factor),
    ("`[metric.NAME]`", schema.Metric),
    ("Bounds in a condition", schema.Bound),
    ("`[[claim]]`", schema.Claim),
    ("`[[ablation]]`, `[[placebo]]`, `[[null]]`", schema.Variant),
)
HEAD = """# The format of an experiment

Written from the code by `python -m tests.reference`; a test compares the two.

An experiment is a TOML file. It names a world, says what its cells change, which number is taken from each game, and which difference
between cells is expected. [How to test a theory](../how-to/test-a-theory.md) writes one step by step. Unknown keys are refused, and so
is whatever does not fit: a figure, a coefficient, a country, a metric or a level that does not exist is answered with the nearest one
that does.

**Worlds.** `world` is the name of a scenario, the folder of one, or a *world file* beside the experiment: a scenario in short, in which
a number may stand where a scenario has a table of value, unit and source, and texts, sheets, sources and seats may be left out.

**Pairs.** Game *n* has the same seed in every cell, and the same drawn world (`draw`), so that a difference is taken within pairs. The
interval is the 2.5 to 97.5 percentile of 4,000 bootstrap resamples of pairs.

**Verdicts.** *Reproduced*: the interval lies on the expected side and the mean is at least `least`; for sign `0`, the whole interval
lies within plus and minus `least`. *Contradicted*: the interval lies on the other side (for `0`: beyond `least`). Otherwise *not
reproduced*.

**Checks**, made of what was reproduced: an ablation must take away half of the effect, a placebo leave four fifths, null bots must not
show it, half and double skill must give the same verdict, and the estimate must hold in 80 per cent of 50 draws of all coefficients
between half and double (switches, zeros and what the design sets are not drawn).
"""


def _keys(model: type[BaseModel]) -> Iterator[str]:
    yield "| key | required | meaning |"
    yield "|---|---|---|"
    for name, info in model.model_fields.items():
        yield f"| `{info.alias or name}` | {'yes' if info.is_required() else 'no'} | {info.description} |"


def _table(module: object) -> str:
    """The table in a module's own description, and what follows it."""
    text = inspect.getdoc(module) or ""
    return text[text.index("|") :].replace("``", "`")


def experiment_page() -> str:
    """The format of an experiment."""
    parts = [HEAD]
    for title, model in MODELS:
        about = re.sub(r"\s+", " ", inspect.getdoc(model) or "").replace("``", "`")
        parts.append(f"## {title}\n\n{about}\n\n" + "\n".join(_keys(model)) + "\n")
    parts.append(f"## Tables\n\nA metric filters rows of one of these.\n\n{_table(rows)}\n")
    parts.append(f"## Values\n\n{_table(metrics)}\n")
    return "\n".join(parts)
