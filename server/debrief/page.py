"""From a told game to the page: facts into templates, pictures inside, nothing to load, and a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from markupsafe import Markup, escape

from client.paper.site import templates
from rules.view import PUBLIC_VIEWER
from scenarios.chronicle import chronicle
from server.debrief import ballots, charts, comparison, fought, knowledge, overview, promises, scores, strategies, ties
from server.debrief.causes import whys
from server.debrief.headlines import headlines
from server.debrief.questions import questions
from server.debrief.rings import ring_chart
from server.debrief.telling import Telling
from server.debrief.what_if import what_if
from server.debrief.words import count, say
from server.narrate.amounts import change, figure
from server.narrate.language import language
from server.narrate.names import worded
from server.narrate.words import first, heading, headings, name

TEMPLATE = "page.html.jinja"
HASH_SHOWN = 16
PARTS = (
    "overview", "timeline", "votes", "wars", "promises", "knowledge", "scores", "ties", "alignment", "strategies",
    "comparison", "questions", "why", "check",
)
"""The parts of the page in their order; each has a template and a title."""
POLICY = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
PLACEHOLDER = "policy-of-this-page"
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)

_TYPED = re.compile("`([^`]*)`")
_DRAFT = re.compile(r"\b\d+-\d+\b")

Facts = dict[str, object]


def debrief(telling: Telling) -> str:
    """The page of a game, as one document."""
    page = templates("server.debrief")
    words = {
        "say": say, "count": count, "change": change, "figure": figure, "typed": typed, "told": told, "name_of": first, "worded": worded
    }  # fmt: skip
    text = page.get_template(TEMPLATE).render(words | _facts(telling))
    return text.replace(PLACEHOLDER, policy(text), 1)


def typed(text: str) -> Markup:
    """A message in which what is to be typed stands between backquotes."""
    return Markup(_TYPED.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - it was escaped


def told(text: str) -> Markup:
    """A sentence in which the number of a draft, 1-2, stays on one line."""
    return Markup(_DRAFT.sub(r'<span class="whole">\g<0></span>', str(escape(text))))  # noqa: S704 - it was escaped


def policy(page: str) -> str:
    """What the page may load: the one style sheet that stands in it, known by its hash, and nothing else."""
    style = _STYLE.search(page)
    assert style is not None, "the page has its style inside"
    return POLICY.format(base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode())


def _facts(telling: Telling) -> Facts:
    turns = telling.turns
    atlas = turns.opening.atlas
    courses = strategies.courses(telling.chapters)
    known = list(whys(telling, strategies.places(courses)))
    return {
        "language": language(),
        "policy": PLACEHOLDER,
        "parts": PARTS,
        "titles": {part: _title(part, telling) for part in PARTS},
        "title": worded(atlas.title),
        "span": worded(atlas.span),
        "revealed": telling.revealed,
        "own": heading(turns.game, telling.seat) if telling.seat else None,
        "over": telling.over,
        "seed": telling.seed,
        "person": heading(turns.game, telling.person) if telling.person else None,
        "file": telling.file,
        "chain": telling.chain,
        "chain_shown": telling.chain[:HASH_SHOWN],
        "unipole": name(turns.game, atlas.unipole),
        "turns_played": len(turns.told),
        "codes": atlas.countries,
        "names": headings(turns.game),
        "whys": known,
        "explained": {why.place for why in known},
        "strategies": courses,
        "unlabelled": [course.name for course in courses if not any(cell.labels for cell in course.cells)],
        "shown_labels": strategies.summary(courses),
        **{key: value for make in (_course, _judged, _counted, _standing, _elsewhere) for key, value in make(telling).items()},
    }


def _title(part: str, telling: Telling) -> str:
    game = telling.turns.game
    if part == "scores" and telling.viewer == PUBLIC_VIEWER:
        return say("scores.public_title")
    return say(f"{part}.title", unipole=name(game, game.atlas.unipole))


def _course(telling: Telling) -> Facts:
    turns = telling.turns
    return {
        "headlines": headlines(telling),
        "issues": [(course, charts.issue_course(course)) for course in overview.issues(turns)],
        "lanes": overview.lanes(turns),
        "accounts": [(turn.number, turn.news, overview.happenings(turn)) for turn in turns.told],
        "questions": questions(turns),
    }


def _judged(telling: Telling) -> Facts:
    turns = telling.turns
    tallies = promises.tallies(turns)
    longest = max((tally.due for tally in tallies), default=1)
    words = promises.words(turns)
    return {
        "verdicts": words,
        "broken": [word for word in words if word.key == "broken"],
        "other_words": [word for word in words if word.key != "broken"],
        "in_all": promises.in_all(turns),
        "tallies": [(tally, charts.tally_bar(tally, longest)) for tally in tallies],
        "ledger": promises.ledger(turns),
    }


def _counted(telling: Telling) -> Facts:
    turns = telling.turns
    stands = ballots.stands(turns)
    return {
        "votes": [(vote, charts.vote_bar(vote) if vote.sides else "") for vote in ballots.votes(turns)],
        "called": ballots.called(turns),
        "voters": ballots.voters(turns),
        "stands": stands,
        "alignment_chart": charts.alignment_chart(stands, len(turns.told)) if stands else "",
        "alignment_keys": charts.alignment_keys(stands),
        "rings": [(ring, ring_chart(ring)) for ring in ties.rings(turns)],
        "left_out": max(len(turns.opening.atlas.countries) - 1 - ties.STATES_MAX, 0),
        "wars": list(fought.wars(turns)),
        "share_bar": charts.share_bar,
        "part_bar": charts.part_bar,
        "histogram": charts.histogram,
    }


def _standing(telling: Telling) -> Facts:
    turns = telling.turns
    secrets = knowledge.secrets(turns)
    return {
        "meanings": strategies.meanings(),
        "secrets": secrets,
        "help": knowledge.hidden_help(turns),
        "ignorance": knowledge.ignorance(turns, secrets),
        "seats": [seat for seat in scores.seats(turns.game) if telling.revealed or seat.code == telling.seat],
        "standings": scores.standings(turns),
        "figures": scores.public_figures(turns),
        "terms": scores.term_names(),
        "change_bar": charts.change_bar,
    }


def _elsewhere(telling: Telling) -> Facts:
    """Other games, history and what-ifs; these were played from what was secret, so they wait until it is opened."""
    game = telling.turns.game
    spreads = comparison.spreads(game, telling.others) if telling.over else []
    return {
        "spreads": [(spread, charts.histogram(spread.value, spread.others)) for spread in spreads],
        "others": len(telling.others),
        "aged": telling.aged,
        "histories": comparison.histories(game),
        "chronicle": chronicle(game.atlas.scenario),
        "what_ifs": [what_if(game, fork) for fork in telling.forks] if telling.revealed else [],
    }


def write_debrief(path: Path, telling: Telling) -> None:
    """Write the page.

    Raises:
        OSError: it cannot be written.
    """
    path.write_text(debrief(telling), encoding="utf-8")
