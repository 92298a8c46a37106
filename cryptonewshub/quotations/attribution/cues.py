"""The verbs and nouns by which news prose says that somebody spoke, and how strongly each of them does.

Plain data and look-ups. A verb is listed once, in its base form; its other forms follow from the rules of English
spelling, and the irregular ones are spelled out.
"""

from __future__ import annotations

from cryptonewshub.quotations.lexicon import word_set

# Said of words and hardly of anything else.
_PLAIN = (
    "say tell add write tweet reply respond recall insist quip retort remark opine quote exclaim ask answer explain"
)
# Said of words, and of other things too.
_SPEECH = (
    "accuse acknowledge admit advise affirm agree allege announce announced appeal apologize apologise argue assert"
    " assure attack bemoan blast blog boast brag caution challenge chant charge chide cite claim comment compare"
    " complain concede conclude condemn confess confide confirm contend continue counter criticize criticise cry"
    " curse dare deadpan decry declare defend demand denounce deny deride describe dismiss disagree dub email elaborate"
    " emphasize emphasise encourage estimate expect explode express fear fire grumble gripe guess heckle hint hail"
    " implore indicate inform instruct interject interrupt invoke itemize joke jab lament label laugh lash lambast"
    " lambaste laud lecture maintain marvel mention message moan mock muse mutter mumble note object observe offer"
    " order phone plead pledge point post praise pray predict press proclaim promise pronounce propose protest"
    " question quiz rail rant read reason rebuke reckon recommend recount reflect refuse reiterate rejoice relate"
    " remember remind repeat report request reveal ridicule roar rule scoff scold scream shout sigh signal slam snap"
    " speak speculate state stress suggest summarize summarise surmise swear sum talk taunt tease testify text thank"
    " think threaten thunder tout trumpet underline underscore urge utter vent venture voice volunteer vow wail warn"
    " welcome whine whisper wonder worry yell call believe feel hope mean find view see refer ask brand characterize"
    " characterise cast portray deem christen nickname bill scrawl pen type sing introduce invite intone deliver"
    " go conceive propound deplore deride espouse vow pan slap slur stipulate specify envision"
    " clarify correct reassure retweet blame fault credit cheer greet beg counsel coax crow gush"
    " extol fume gloat hiss holler howl jeer lie mouth nod preach ramble rave rage rasp recite sneer snarl snort spell"
    " stammer shrug smile stutter sympathize theorize vouch"
)
_IRREGULAR = {
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote", "written", "writing"),
    "swear": ("swears", "swore", "sworn", "swearing"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "think": ("thinks", "thought", "thinking"),
    "read": ("reads", "read", "reading"),
    "mean": ("means", "meant", "meaning"),
    "feel": ("feels", "felt", "feeling"),
    "find": ("finds", "found", "finding"),
    "see": ("sees", "saw", "seen", "seeing"),
    "sing": ("sings", "sang", "sung", "singing"),
    "go": ("goes", "went", "gone", "going"),
    "spell": ("spells", "spelled", "spelt", "spelling"),
    "cast": ("casts", "cast", "casting"),
    "lie": ("lies", "lied", "lying"),
    "beg": ("begs", "begged", "begging"),
    "brag": ("brags", "bragged", "bragging"),
    "blog": ("blogs", "blogged", "blogging"),
    "slam": ("slams", "slammed", "slamming"),
    "snap": ("snaps", "snapped", "snapping"),
    "sum": ("sums", "summed", "summing"),
    "quip": ("quips", "quipped", "quipping"),
    "dub": ("dubs", "dubbed", "dubbing"),
    "jab": ("jabs", "jabbed", "jabbing"),
    "pen": ("pens", "penned", "penning"),
    "pan": ("pans", "panned", "panning"),
    "nod": ("nods", "nodded", "nodding"),
    "slap": ("slaps", "slapped", "slapping"),
    "slur": ("slurs", "slurred", "slurring"),
    "quiz": ("quizzes", "quizzed", "quizzing"),
    "refer": ("refers", "referred", "referring"),
    "admit": ("admits", "admitted", "admitting"),
}
# Of other languages, as they stand in English stories now and then.
_FOREIGN = {
    "dit": "say",
    "déclare": "say",
    "déclaré": "say",
    "sagte": "say",
    "sa": "say",
    "dijo": "say",
    "ha dicho": "say",
}
_VOWELS = frozenset("aeiou")


def _forms(verb: str) -> tuple[str, ...]:
    """Return the forms of an English verb besides its base form."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    ending = "es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"
    return verb + ending, verb + "ed", verb + "ing"


def _with_forms(verbs: str) -> dict[str, str]:
    return {form: verb for verb in verbs.split() for form in (verb, *_forms(verb))}


PLAIN_VERBS: dict[str, str] = _with_forms(_PLAIN) | {word: verb for word, verb in _FOREIGN.items() if " " not in word}
CUE_VERBS: dict[str, str] = _with_forms(_SPEECH) | PLAIN_VERBS
CUE_NOUNS: frozenset[str] = word_set(
    "statement statements tweet tweets email e-mail letter interview speech remarks comment comments memo post"
    " message op-ed essay report editorial testimony note column book article release ad address question"
    " answer warning claim argument promise pledge call response reply criticism description assertion"
    " declaration announcement slogan motto mantra chant joke quote words refrain caption banner sign signs"
    " headline"
)
