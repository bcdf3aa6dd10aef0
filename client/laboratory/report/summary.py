"""All experiments on one page of Markdown, for the documentation: what was claimed, what was found, which check failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from client.laboratory.estimates import HELD_MIN
from client.laboratory.findings import Outcome
from client.laboratory.report.tables import checks, expected, interval

HEAD = """# Experiments

Written by `make experiments`. What each experiment asks stands in its file under `scenarios/experiments`; how to run and
read them, in [test a theory](../how-to/test-a-theory.md). An effect is *reproduced* when its whole 95 % interval lies on the
expected side and the effect is above the least that matters, *contradicted* when it lies on the other side. It is sound
when every check passed: its mechanism switched off takes away half of it or more, what should not matter leaves four
fifths, players without the idea do not show it, and it holds in {held:.0%} of the draws, between half and double, of all
coefficients that its file does not set. It *depends on* coefficients with which it rises (+) or falls (-) over the
draws more closely than any of them does by chance, in rank correlation. A run ends at the first look, fixed beforehand, that leaves no
doubt.
"""
FACTS = "{pairs} pairs of games in each cell; seeds for {plan.purpose}, number {plan.seed}; rules and bots `{engine}`.{how}"
NO_DRAWS = " Coefficients were not drawn and skills not varied in this run."
COUNTS = "Of {all} experiments, every claim was reproduced in {whole}, with every check passed in {sound}; {against} contradicted a claim."


def markdown(outcomes: Sequence[Outcome]) -> str:
    """The page.  ``outcomes``: at least one."""
    first = outcomes[0]
    played = sorted({outcome.pairs for outcome in outcomes})
    pairs = f"{played[0]}" if len(played) == 1 else f"{played[0]} to {played[-1]}"
    robust = any(finding.held is not None for outcome in outcomes for finding in outcome.findings)
    facts = FACTS.format(pairs=pairs, plan=first.plan, engine=first.engine[:16], how="" if robust else NO_DRAWS)
    return "\n".join([HEAD.format(held=HELD_MIN), facts, "", _counts(outcomes), "", *_table(outcomes), ""])


def _counts(outcomes: Sequence[Outcome]) -> str:
    """How many experiments came out as expected, and how many against it."""
    whole = [o for o in outcomes if all(finding.verdict == "reproduced" for finding in o.findings)]
    sound = [o for o in whole if all(finding.sound for finding in o.findings)]
    against = [o for o in outcomes if any(finding.verdict == "contradicted" for finding in o.findings)]
    return COUNTS.format(all=len(outcomes), whole=len(whole), sound=len(sound), against=len(against))


def _table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield "| experiment | claim | expected | effect (95 %) | verdict | checks |"
    yield "|---|---|---|---|---|---|"
    for outcome in outcomes:
        for number, finding in enumerate(outcome.findings):
            name = f"**{outcome.experiment.data.id}** {outcome.experiment.data.title}" if number == 0 else ""
            cells = (name, finding.claim.sentence, expected(finding), interval(finding.found), finding.verdict, checks(finding))
            yield f"| {' | '.join(cells)} |"
