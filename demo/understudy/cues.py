"""How people greet, thank, agree, correct themselves, lose patience, and ask what is true in general. Pure."""

import re

from demo.understudy.words import sentences, stems


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_SMALL = _words(
    r"^\W*(?:hi|hello|hey|heya|greetings|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|moin|hola|"
    r"buen[oa]s(?: d[ií]as| tardes| noches)?|bonjour|bonsoir|salut)\b(?: there| everyone| robin| team| again"
    r"| zusammen| à tous)*\W*",
    r"\b(?:i hope|hoping) (?:you'?re|you are|you) [^.!?]*[.!?]*|\bhow are you(?: doing)?(?: today)?\W*"
    r"|\bhave a (?:great|nice|good|wonderful)[^.!?]*\W*",
    r"^\W*(?:so|well|um+|oh|ok(?:ay)?|alright|right|great|perfect|awesome|cool)\b[,.!\s]*",
)
GREETING = _words(
    r"^\W*(?:hi|hello|hey|heya|greetings|good (?:morning|afternoon|evening|day)|hallo|guten|moin|hola|buen[oa]s"
    r"|bonjour|bonsoir|salut)\b"
)
THANKS = _words(
    r"\b(?:thanks|thank you|thx|ty|cheers|appreciate (?:it|your|the)|danke|vielen dank|gracias|merci)\b[^.!?\n]*",
    r"^\W*(?:great|perfect|awesome|lovely|excellent|wonderful|super|you too|prima|genial)\W*$",
)
GOODBYE = _words(
    r"\b(?:bye|goodbye|see you|take care|that(?:'s|’s| is| was|ll be| will be) (?:all|it)\b|i'?m all set|nothing else|"
    r"no more questions|tsch[uü]ss|auf wiedersehen|adi[oó]s|hasta luego|au revoir|ce sera tout|das war alles|eso es todo)"
)
YES = _words(
    r"^\W*(?:yes|yeah|yep|yup|sure|of course|absolutely|definitely|certainly|ok(?:ay)?|alright|please do|go ahead"
    r"|go for it|"
    r"do it|do that|confirm(?:ed)?|i confirm|correct|exactly|that'?s (?:right|correct|fine|perfect)|sounds good"
    r"|let'?s (?:do|go|proceed)|"
    r"please proceed|proceed|ja|jawohl|gerne|klar|s[ií]|claro|vale|por favor|oui|d'accord|bien s[uû]r|volontiers)\b"
)
NO = _words(
    r"^\W*(?:no|nope|nah|no thanks?|no thank you|never ?mind|don'?t|not now|forget it|leave it|nein|nicht|no gracias"
    r"|non|pas besoin)\b"
)
CORRECTION = _words(
    r"\bi mean[t]?\b|\bnot that one\b|\bmy mistake\b|\bmade a mistake\b|\bmixed (?:it|them) up\b|\bi misspoke\b"
    r"|\btypo\b|\bwrong (?:number|order number|one)\b",
    r"^\W*(?:no|nope|sorry|actually|wait|oops|scratch that|correction)\b[,.!:]?.{0,40}\b[A-Z]{1,4}-?\d{4,}",
    r"\bich meinte?\b|\bquise decir\b|\bme refer[ií]a\b|\bje voulais dire\b|\bme he equivocado\b|\bje me suis trompé",
)
ANGER = _words(
    r"\b(?:ridiculous|unacceptable|outrageous|disgusting|appalling|pathetic|(?:is|what) (?:this )?a joke|fed up"
    r"|sick of|worst"
    r"|useless|terrible|horrible|"
    r"awful|waste of (?:my )?time|angry|pissed|wtf|unverschämt\w*|unmöglich|frechheit|inaceptable|vergüenza"
    r"|inadmissible|scandaleux)\b",
    r"\bare you (?:kidding|serious)\b|\bwhat the (?:hell|heck)\b",
)
FURY = _words(
    r"\b(?:furious|livid|lawyer|attorney|sue you|legal action|chargeback|better business bureau|trading standards"
    r"|consumer protection|"
    r"scam(?:med|mers)?|anwalt|abogado|avocat|rechtsanwalt)\b"
)
FOLLOWING = _words(r"^\W*(?:and|what about|how about|and what about|und|y|et)\b")
HELP = _words(
    r"\bi (?:have|had|got) (?:a|another|one more|some|a few|a quick) questions?\b|\b(?:can"
    r"|could) you help(?: me)?(?: out)?\W*$",
    r"\bi (?:need|want|could use) (?:some )?(?:help|assistance)\b|\bich (?:habe eine frage|brauche hilfe)\b",
    r"\btengo una pregunta\b|\bnecesito ayuda\b|\bj'ai une question\b|\bbesoin d'aide\b",
)
ABOUT = _words(
    r"\b(?:are|r) (?:you|u) (?:an? |the )?(?:bot|robot|human|person|real|ai|machine|computer)\b|\bwho (?:are"
    r"|am i talking|is this)\b",
    r"\bwhat(?:'s|’s| is) your name\b|\bwhat can you (?:do|help)\b|\bwhat do you do\b|\b(?:bist du"
    r"|sind sie) ein (?:mensch|bot|roboter)\b",
    r"\beres (?:un|una) (?:bot|persona|robot)\b|\b(?:es-tu|êtes-vous) un (?:robot|humain|bot)\b",
)
GENERAL = _words(
    r"\bhow long\b|\bhow (?:do|can|does|would) (?:i|you|we|one|it|they|returns?|refunds?)\b|\bwhat(?:'s|’s| is"
    r"| are) (?:your|the)\b|\bpolic(?:y|ies)\b",
    r"\bdo you (?:offer|ship|deliver|accept|take|charge|have (?:a|any) (?:policy|warranty|store|showroom|shop))\b"
    r"|\bwhen are you\b",
    r"\b(?:can|could|may|do|must|should) (?:i|we|you)\b[^.?!]{0,20}\b(?:return|exchange|pay|change|use|get|repair"
    r"|pick|have to|need to|wash|cancel)\b",
    r"\bhow much (?:is|does|do|are)\b[^.?!]{0,20}\b(?:shipping|delivery|returns?|repairs?|express)|\bis (?:there|it"
    r"|shipping|delivery)\b|\bare (?:there|returns)\b",
    r"\bwhich (?:payment|countries|cards|carriers?)\b|\bwhat (?:payment|countries|happens|if|time|hours)\b"
    r"|\bwhere (?:do|does|are|is) (?:you|your|the (?:wood|showroom))",
    r"\bwie (?:lange|viel|kann|funktioniert|geht)\b|\bcu[aá]nto (?:tiempo|cuesta|tarda)\b|\bc[oó]mo (?:puedo"
    r"|funciona)\b|\bcombien\b|\bcomment\b",
)
IDENTITY = _words(
    r"\bmy (?:name|e-?mail(?: address)?|zip(?: ?code)?|user ?name|account|phone(?: number)?|post ?code|address) (?:is"
    r"|was)\b|\bzip(?: ?code)? (?:is )?(?:<|\d)",
    r"^\W*(?:i'?m|i am|it'?s|this is|sure,? (?:i'?m|it'?s)) (?!not\b|sorry\b|sure\b)\S+ \S+(?:,| and)|\bi live (?:in|at)\b",
    r"^\W*\S+@\S+\W*$|^\W*(?:sure[,!. ]*)?(?:it'?s )?<EMAIL_\d+>\W*$",
)
UNSURE = _words(
    r"\b(?:don'?t|don’t|do not|can'?t|can’t|cannot|not|no longer|didn'?t)\b[^.?!]{0,25}\b(?:have|know|remember|recall"
    r"|find|sure)\b",
    r"\bno idea\b|\bforgot|\blost (?:the|my) (?:number|e-?mail)|\bweiß (?:ich )?nicht|\bno (?:lo )?(?:s[eé]"
    r"|recuerdo)\b|\bje ne sais pas\b|\bje n'ai pas\b",
)


_MARKS = re.compile(r"#{2,}\w*#*|[*~`]+")  # of markdown and of scripts


def rest(text: str) -> str:
    """What is left of a message without greeting, small talk and thanks."""
    left = []
    for sentence in sentences(_MARKS.sub(" ", text)):
        bare = _SMALL.sub(" ", _SMALL.sub(" ", sentence).strip()).strip()
        if (without := THANKS.sub(" ", bare)) != bare and len(stems(bare)) < 4:
            bare = without.strip()
        if stems(bare) or len(bare.split()) > 2:
            left.append(bare)
    return " ".join(left)
