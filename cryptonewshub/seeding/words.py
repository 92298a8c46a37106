"""The words that an invented archive is written with. Places, people and institutions are invented, all of them.

`{thing}` is what a story is about, `{place}` where, `{house}` the institution, `{other}` another one, `{name}` who
speaks, `{surname}` the same person later on.
"""

from __future__ import annotations

PLACES = (
    *("Tarnby", "Korvik", "Ostermark", "Lysvoll", "Brenna", "Sandrik", "Hallmere", "Vestoy", "Grimstrand", "Aldby"),
    *("Norrhavn", "Fjelsted", "Marrow Point", "Kestrel Bay", "Dunmarsh", "Ravensby", "Solund", "Tverrdal", "Elverum"),
    *("Hestvik", "Port Ansgar", "Lindholm", "Skarv", "Ulvik", "Old Harbour", "Carrow", "Wexmouth", "Torsund", "Quill"),
)

GIVEN = (
    *("Runa", "Anders", "Mirela", "Tobias", "Ingrid", "Pavel", "Selma", "Henrik", "Dagny", "Oskar", "Leonie", "Viktor"),
    *("Astrid", "Jonas", "Katarin", "Emil", "Frida", "Magnus", "Nora", "Stellan", "Tilda", "Ruben", "Yrsa", "Gustav"),
)
FAMILY = (
    *("Veslet", "Haugland", "Morvane", "Kestner", "Aldersund", "Brask", "Tolvane", "Rydell", "Sorvik", "Lindqvarn"),
    *("Ekvall", "Drammond", "Halvorn", "Ostrand", "Pellworth", "Quist", "Ravndal", "Storvane", "Tessmer", "Ulfsen"),
    *("Varnes", "Westrand", "Yngvarr", "Zellin", "Arnholt", "Bjerke", "Carlund", "Dyrholm", "Engstrom", "Fossberg"),
)

SECTIONS = (
    ("Diplomacy", "diplomacy", "Treaties, talks and borders along the coast."),
    ("Security", "security", "Coastguards, navies and courts of the sea."),
    ("Energy", "energy", "Power, cables and the weather that they stand in."),
    ("Economy", "economy", "Harbours, trade and the price of things."),
    ("Justice", "justice", "Courts, inquiries and what they find."),
    ("Science", "science", "Ice, fish, tides, and those who measure them."),
)

# What the news is about: its topic, the section, and the thing itself.
SUBJECTS = (
    ("Harbour dues", "economy", "the new harbour dues"),
    ("Ferry routes", "economy", "the winter ferry timetable"),
    ("Grain storage", "economy", "the grain store on the quay"),
    ("Boatyards", "economy", "the sale of the boatyard"),
    ("Housing", "economy", "the homes above the old dock"),
    ("Border crossings", "diplomacy", "the crossing on the northern road"),
    ("Fishing treaty", "diplomacy", "the treaty on herring and cod"),
    ("Language law", "diplomacy", "the law on two languages"),
    ("Consulates", "diplomacy", "the closing of the consulate"),
    ("Island vote", "diplomacy", "the vote on the outer islands"),
    ("Coastguard", "security", "the night patrols of the coastguard"),
    ("Minesweeping", "security", "the clearing of old mines"),
    ("Radar station", "security", "the radar on the headland"),
    ("Pilotage", "security", "the pilots of the inner channel"),
    ("Port security", "security", "the gates of the container port"),
    ("Tidal power", "energy", "the tidal mill under the bridge"),
    ("Sea cables", "energy", "the cable across the bay"),
    ("District heating", "energy", "the heating of the upper town"),
    ("Wind farms", "energy", "the wind farm on the shoal"),
    ("Fuel prices", "energy", "the price of fuel for small boats"),
    ("Inquests", "justice", "the inquest into the lost trawler"),
    ("Land court", "justice", "the ruling on the salt meadows"),
    ("Public records", "justice", "the opening of the harbour records"),
    ("Police pay", "justice", "the pay of the constables"),
    ("Prison reform", "justice", "the plan for the old prison"),
    ("Sea ice", "science", "the ice in the upper fjord"),
    ("Seabirds", "science", "the count of seabirds"),
    ("Fish stocks", "science", "the survey of cod"),
    ("Tide tables", "science", "the new tide tables"),
    ("Water quality", "science", "the water of the bathing beaches"),
)

HOUSES = ("Harbour Office", "Council", "Chamber of Trade", "Water Board", "Coastguard District", "Institute", "Court")
OFFICES = ("commissioner", "director", "chair", "registrar", "chief engineer", "spokeswoman", "spokesman", "secretary")
ROLES = ("Correspondent", "Reporter", "Editor", "Senior reporter")

HEADLINES = (
    "{house} takes its time over {thing}",
    "{place} waits for an answer on {thing}",
    "What is known about {thing} in {place}",
    "{surname} defends {thing}",
    "Doubts in {place} about {thing}",
    "{house} promises a decision on {thing}",
    "{place} divided over {thing}",
    "{house} looks again at {thing}",
    "A second opinion on {thing} in {place}",
    "{surname} answers questions about {thing}",
    "Why {place} cares about {thing}",
    "{house} and {other} part ways over {thing}",
)

STANDFIRSTS = (
    "{house} has spoken about {thing}. What it said, and what it left open.",
    "People in {place} want to know what becomes of {thing}. An answer is promised before the season ends.",
    "There is little that both sides agree on about {thing}, and this is where they stand.",
    "A meeting in {place} was meant to settle {thing}. It settled when to meet again.",
)

LEDES = (
    (
        "{house} spoke at length this week about {thing}, and those who had come to {place} for a date went home "
        "without one."
    ),
    (
        "The question of {thing} came back to {place} this week, as it has come back every season for as long as "
        "anybody there remembers."
    ),
    (
        "Nobody in {place} expected {thing} to be settled in one afternoon, and it was not. But the two sides now "
        "write down what they say to each other."
    ),
    "For once the hall in {place} was full. People had come because of {thing}, and most of them stayed to the end.",
)

# What people say: whole sentences without their full stop, in the words of a briefing.
SAID = (
    "We will not decide about {thing} before everybody in {place} has been heard",
    "Nobody has asked us to hurry, and nobody will be allowed to",
    "I have read every letter that came to us about {thing}, and I have answered most of them",
    "The people of {place} know {thing} better than any report does",
    "We made a mistake in the spring, and we have said so in this room",
    "It is not our task to please {other}, it is our task to be right",
    "There is money for {thing}, but there is not money for doing it twice",
    "Our own engineers had warned us, and we did not listen to them soon enough",
    "I would rather be late with {thing} than wrong about it",
    "What {other} has published does not agree with what we were shown",
    "The documents will be open to anybody who comes to the reading room",
    "We owe the crews an answer, and they will have it from me",
    "This is the first winter in which we can measure it at all",
    "If the weather holds, the work in {place} begins after the holidays",
    "We have looked at the old drawings, and they were not kind to us",
    "Every household in {place} will get a letter, and it will be a short one",
    "I am not going to speculate about what {other} might do",
    "The last word on {thing} belongs to the court, and we will abide by it",
    "We have agreed on the facts, which is more than we had in the autumn",
    "There was a time when {thing} would have been settled over a cup of coffee",
    "Our offer to {other} stands until the end of the month",
    "No one will lose a place at work because of {thing}",
    "The figures were checked by people who do not work for us",
    "We were asked to be patient, and we have been patient for a very long time",
    "What worries me is not {thing} but the silence around it",
    "A promise that was made in {place} will be kept in {place}",
)

BACKGROUND = (
    (
        "The matter is older than most of those who now have to decide it. When {house} was founded, {thing} took "
        "up half a page of its first minutes, and the other half was about who should pay for the ink."
    ),
    (
        "In {place} one hears two stories about it. In the first, {house} did what it could with what it had. In "
        "the second it did nothing until the newspapers asked. Both are told by people who were there."
    ),
    (
        "{other} takes another view. It has published its own account of {thing}, with drawings, and has invited "
        "everybody to point out what is wrong with them. So far only spelling mistakes have been reported."
    ),
    (
        "The road to {place} follows the shore, and whoever drives along it sees what the argument is about: on the"
        " one side the sea, on the other the sheds, and between them a strip of land that belongs to three owners."
    ),
    (
        "Much depends on the weather. A mild winter would leave time for what has been put off, and a hard one "
        "would settle the question without asking anybody. The institute gives no forecast for so long a time."
    ),
    (
        "The unions have said little in public. Their members are divided: those who work on the water want the "
        "matter closed, those who work on land want to know first what will come in its place."
    ),
    (
        "Visitors notice none of this. The market is held as ever, the bakery by the bridge sells out before noon, "
        "and the ferry is late by as many minutes as it was last year."
    ),
    (
        "A similar dispute in {far} ended in front of a court, after years in which both sides had spent on lawyers"
        " what the work itself would have cost. Nobody in {place} wants to go that way, and everybody knows the "
        "way."
    ),
    (
        "What the law says is less clear than either side makes it sound. The paragraph on which {house} relies was"
        " written for another harbour and another kind of ship, and the judges have so far been glad not to be "
        "asked."
    ),
    (
        "The council keeps a book in which anybody may write down what they think. It has been full twice. The "
        "clerk who looks after it says that the handwriting has become worse and the arguments better."
    ),
    (
        "Among the papers is a map on which somebody has drawn a second line in pencil, without a date or a name. "
        "Both sides claim that the line supports them, and neither has found out who drew it."
    ),
    (
        "For the families who live above the harbour it is a question of noise and of light in the evening. They "
        "have asked for neither money nor an apology, only to be told beforehand what will happen under their "
        "windows."
    ),
    (
        "Those who have followed {thing} from the beginning speak of it as one speaks of a relative who is "
        "difficult but whom one would not want to miss. There is a folder for it in every office, and the folders "
        "are thick."
    ),
    (
        "{house} has set up a small group that is to report before the season ends. It has three members, one "
        "table, and a view of the water. What it writes will be public."
    ),
)

SURVEYS = (
    (
        "A survey of the ground, for which {house} has engaged two firms from {far}, is to take {weeks} weeks once "
        "the frost is out of it."
    ),
    "The work on the quay will close the lower road for {weeks} weeks, {house} says, and buses will go by {far}.",
)
WEEKS = ("three", "four", "five", "six", "seven", "eight", "nine", "ten")

CLOSINGS = (
    "The next meeting is to be held in {place} again. The hall has been booked for the whole day.",
    "{house} will put the papers on display. The reading room is open on weekdays, and the kettle is free.",
    "Until then everything stays as it is, which in {place} is not thought to be the worst of all outcomes.",
)
