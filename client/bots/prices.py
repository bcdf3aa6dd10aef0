"""Prices that every bargain is made of: what aid is worth, and what it costs to break one's word."""

from __future__ import annotations

from client.bots.outlook import DOMESTIC, WELFARE, Outlook
from rules.exact import add
from rules.pacts.institutions import firm, stiffness
from rules.vocabulary import Terms

WORD = 0.1  # payoff: what it is worth to be believed next time (W107)


def breach_cost(outlook: Outlook, country: str, terms: Terms) -> float:
    """What breaking a clause costs a party: audience at home and goodwill of the others; nothing at once if secret (W67, W106, W107)."""
    parameters = outlook.view.parameters
    if terms.secret:
        return 0.0
    row, rows = outlook.rows[country], outlook.rows
    dependence = outlook.board.dependence[row]
    leaning = add([dependence[rows[c]] for c in terms.parties if c != country])
    step = parameters.breach_goodwill + parameters.kept_goodwill
    cost = parameters.dependence_value * leaning * step * float(outlook.weights[row, WELFARE])
    shame = outlook.board.shame(formal=country in terms.formal)[row] * stiffness(terms, parameters)
    return cost + parameters.domestic_value * shame * float(outlook.weights[row, DOMESTIC])


def breaking(outlook: Outlook, terms: Terms) -> float:
    """What breaking its word under these terms costs the player: at once, and in not being believed next time."""
    return breach_cost(outlook, outlook.view.viewer, terms) + _next_time(terms)


def leaving(outlook: Outlook, terms: Terms) -> float:
    """What it costs the player to leave: the share of a breach that the rules take, and trust only where it was firmly bound."""
    me = outlook.view.viewer
    trust = _next_time(terms) if firm(terms, me) and not terms.secret else 0.0
    return outlook.view.parameters.exit_cost * (breach_cost(outlook, me, terms) + trust)


def _next_time(terms: Terms) -> float:
    return WORD * (len(terms.parties) - 1)


def aid_worth(outlook: Outlook, country: str, amount: float) -> float:
    """Worth of an amount of aid (bn USD) to a country, in payoff."""
    row = outlook.rows[country]
    share = amount / float(outlook.view.world.economy[row])
    return outlook.view.parameters.aid_value * share * float(outlook.weights[row, WELFARE])
