"""What moved figures, as sentences: one for each mechanism of the engine."""

from __future__ import annotations

from rules.events import Change, Moved
from rules.mechanisms import AFTER_CHANGE, AFTER_TALKS, AFTER_TEST, AFTER_VOTE, SEPARATOR
from rules.rhetoric import SPOKEN
from rules.state import SPENDING, TERMS, Sight
from server.narrate.society import statement_title
from server.narrate.words import commitment_name, draft_title, issue_title, name, operation_title

SENTENCES: dict[str, str] = {
    "budgets": "Budgets took effect",
    "aid": "Aid reached those to whom it was sent",
    "forgetting": "Old words kept and broken were forgotten a little",
    "setting up": "Parties paid for setting up the institutions of {subject}",
    "secret come to light": "Parties of {subject}, a secret that came to light, paid for it in goodwill and at home",
    "price of leaving": "Those who left treaties paid the price that the terms set",
    "affront of a pact": "The state that a new pact is aimed at took it ill",
    "notice given": "Those who renounced treaties paid for it at home, with those they left, and in trust",
    "growth": "Economies grew, and forces followed what is spent on them",
    "poles": "The poles of the system were counted again",
    "insurgency": "Resistance grew or faded in occupied countries",
    "price of occupation": "Those who hold other countries paid for it",
    "grip on the issue": "What was settled by force was completed, or came undone",
    "spillover": "Bystanders felt wars and occupations: refugees, trade, oil",
    "competence": "Wars and occupations told on reputations for competence",
    "help exposed": "Those at whom hidden help was aimed took offence",
    "sanctions": "Sanctions were raised or lifted, and minded",
    "bases": "Bases were opened or closed, and it was minded",
    "vacuum": "Where foreign forces left, neighbours were trusted less",
    "mobilisation": "Those who were called up came under arms",
    "arms from others": "Arms given by others reached the forces",
    "projection": "Reach followed what is spent on it",
    "programmes": "Weapons programmes went forward, or decayed",
    "reputation": "Kept and broken promises changed records, goodwill and approval",
    "payoff": "The payoffs of the turn were counted",
    "relations after the vote": "Those who voted alike drew nearer, those who differed drew apart, after {subject}",
    "deference in the vote": "Deference to the unipole was noted in the vote on {subject}",
    "opinion on the vote": "Opinion at home judged the votes on {subject}",
    "word against ballot": "Opinion at home punished votes that went against declarations on {subject}",
    "price of waiting": "Keeping an operation ready cost its leader something",
    "pull of the text": "The text of {subject} moved its issue",
    "blame and honour": "The words of {subject} changed how its target is seen",
    "authority of a decision": "The council that decided on {subject} regained authority",
    "giving way": "The sponsors of {subject} gave way to those who refused it",
    "work of missions": "Missions that councils established went on with their work",
    "cost of the operation": "Leader and partners paid for {subject}",
    "outcome of the operation": "The outcome of {subject} changed forces, costs and the issue",
    "gratitude for help": "Help in {subject} earned thanks from one side and anger from the other",
    "company in the coalition": "Opinion at home judged those who joined {subject}",
    "alarm at the attack": "States thought again about the intentions behind {subject}",
    "council passed over": "The council that was passed over by {subject} lost authority",
    "opinion on the position": "Opinion at home judged {subject}",
    "neighbours of the position": "Governments that stand near it warmed to {subject}",
    "concession": "The government that the issue is about moved it by {subject}",
    "giving in": "Giving in to the unipole was noted: {subject}",
    "threat framed": "Beliefs on a third were drawn by {subject}",
    "fabrication found out": "A fabrication was found out: {subject}",
    "alarm at the threat": "The threatened grew afraid of {subject}",
    "pledge of restraint": "Fear was eased by {subject}",
    "record of words": "Others took note of what became of {subject}",
    "words at home": "The public at home took note of what became of {subject}",
    "restraint judged": "Who had been reassured judged what became of {subject}",
    "sides taken": "Silence and opposition had their price after {subject}",
    "deference in taking sides": "Deference to the unipole was noted after {subject}",
    "leader delegitimised": "A leader lost esteem by {subject}",
    "words between governments": "A government took to heart {subject}",
    "deference in giving in": "Deference to the unipole was noted in {subject}",
    "beliefs fade": "Beliefs returned a little to what was long held",
    "names fade": "Esteem, competence, access and submission were forgotten a little",
    "chastened by failure": "Others feared less from who had led {subject}",
    "rescue": "The attacked trusted those who came to its help against {subject}",
    "show of strength": "Armaments were taken as a sign of a useful partner",
    "ties with elites": "Bonds and lobbies won access, and neglect lost it",
    "courtship": "Campaigns of influence pleased or angered",
    "price of ingratiation": "Publics minded that their government took up another's agenda",
    "deference in courtship": "Taking up the unipole's agenda was noted as deference",
    "lobbying": "Lobbies drew a government's views",
    "money of influence": "Campaigns of influence cost money, and some won it",
    "support for an opposition": "A supported opposition cost a government approval",
    "political capital": "Political capital followed approval",
    "price of hosting": "Publics minded the company of the unipole",
    "new leader's views": "The new leader of {subject} has views of its own",
    "new leader's temper": "The new leader of {subject} minds other things",
    "honeymoon": "The new leader of {subject} has political capital",
    "new in office": "The new leader of {subject} is new in office",
    "left unattended": "Partners of a distracted guarantor began to doubt it",
    "talks bring nearer": "Those who talked drew nearer ({subject})",
    "common ground": "Talks moved an issue ({subject})",
    "voice of the host": "The host of talks gained esteem ({subject})",
    "leader left out": "The unipole lost esteem by being left out of talks ({subject})",
    "shock": "What happened changed the world",
    "decline of the leader": "The first state fell back a little",
    "words about a government": "A public listened to {subject}",
}
TREATY = ("setting up", "secret come to light")
SPEECH = frozenset(name for names in (*SPOKEN.values(), AFTER_TEST, ("fabrication found out",)) for name in names)
FIGURES: dict[str, str] = {
    "economy": "economy",
    "forces": "forces",
    "poles": "place among the poles",
    "spending": "share of the economy for",
    "mustered": "forces called up",
    "reach": "reach",
    "wmd": "weapons of mass destruction",
    "bases": "bases open to",
    "sanctions": "sanctions against",
    "insurgency": "insurgency in the country",
    "competence": "reputation for competence",
    "guns": "share of the economy for arms",
    "aid": "share of the economy for aid",
    "approval": "approval at home",
    "deference": "deference so far",
    "breaches": "open breaches so far",
    "war_cost": "cost of operations so far, as a share of the economy",
    "received": "net aid so far, in billions",
    "authority": "authority",
    "positions": "position",
    "goodwill": "goodwill towards",
    "hostile": "belief in the hostility of",
    "kept": "record of kept promises of",
    "broken": "record of broken promises of",
    "payoff": "payoff",
    "esteem": "esteem as a leader",
    "yielded": "submission to",
    "access": "access to the elites of",
    "leaning": "leader's view",
    "capital": "political capital",
    "entered": "turn of entry into office",
    "temper": "temper",
}


def cause_sentence(sight: Sight, event: Moved) -> str:
    """Why figures moved, how many, and which if it is one."""
    cause, _, about = event.cause.partition(SEPARATOR)
    vote = cause in AFTER_VOTE
    title = draft_title(sight, about) if vote else commitment_name(sight, about) if cause in TREATY else operation_title(sight, about)
    if cause in SPEECH:
        title = statement_title(sight, about)
    elif cause in AFTER_TALKS:
        title = issue_title(sight, about.partition("/")[2])
    elif cause in AFTER_CHANGE:
        title = name(sight, about)
    said = SENTENCES.get(cause, cause).format(subject=title)
    if len(event.changes) == 1:
        change = event.changes[0]
        return f"{said}: {figure(sight, change)} is now {change.value:.3g}."
    return f"{said} ({len(event.changes)} figures)."


def figure(sight: Sight, change: Change) -> str:
    """The name of a figure: ``the goodwill towards France of Chile``."""
    word, countries = FIGURES[change.field], sight.atlas.countries
    match change.field:
        case "authority":
            return f"the {word} of the {sight.atlas.councils[change.at[0]].title}"
        case "positions":
            return f"the {word} of {issue_title(sight, sight.atlas.issues[change.at[0]].id)}"
        case "payoff":
            return f"the {TERMS[change.at[1]]} {word} of {name(sight, countries[change.at[0]])}"
        case "leaning":
            about = issue_title(sight, sight.atlas.issues[change.at[1]].id)
            return f"the {word} of {name(sight, countries[change.at[0]])} on {about}"
        case "temper":
            return f"the {TERMS[change.at[1]]} {word} of {name(sight, countries[change.at[0]])}"
        case "spending":
            return f"the {word} {SPENDING[change.at[1]]} of {name(sight, countries[change.at[0]])}"
        case "goodwill" | "hostile" | "kept" | "broken" | "bases" | "sanctions" | "yielded" | "access":
            return f"the {word} {name(sight, countries[change.at[1]])} of {name(sight, countries[change.at[0]])}"
        case _:
            return f"the {word} of {name(sight, countries[change.at[0]])}"
