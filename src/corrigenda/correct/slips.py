"""Spellings that people make and machines seldom do: they very likely stand on the page as they were read."""

from __future__ import annotations

from corrigenda.lexicon.entries import Reason
from corrigenda.lexicon.words import WordIndex
from corrigenda.text import word_form

__all__ = ["is_misspelling", "is_slip"]

_SHORTEST = 3
_COMMON_WORD = 2000
# Vowels that sound alike, silent letters and endings, which no rule tells from a misread letter.
_COMMON = frozenset({
    "accidently", "accomodate", "accross", "acheivment", "acknowledgement", "acknowlege", "adenaur", "adquate",
    "adress", "agressive", "alledged", "allready", "alot", "ammendment", "amoung", "anually", "apparant",
    "appearence", "arguement", "assasination", "assistence", "athiest", "auxilary", "availible", "basicly",
    "beginer", "benefical", "benifit", "britian", "brittain", "buisness", "calender", "catagory", "cemetary",
    "changable", "cheif", "chruschtschow", "co-operate", "cogniscent", "colaborate", "comision", "commitee",
    "comparitive", "competant", "concensus", "concious", "condem", "consistant", "contemperary", "controll",
    "convienent", "corespondence", "critisism", "critisize", "definate", "definately", "dependant", "desparate",
    "develope", "developement", "diferent", "dilemna", "diplomatly", "disagreable", "disasterous", "discribe",
    "dispair", "dissapoint", "ecstacy", "effecient", "efficency", "eisenhouwer", "eligable", "embarass",
    "embarassment", "enviroment", "equiped", "equivelant", "exagerate", "excede", "excercise", "existance",
    "existant", "experiance", "explaination", "extention", "extraordinery", "familar", "feasable", "firey",
    "foriegn", "fourty", "fullfil", "goverment", "governer", "grammer", "grievious", "guage", "guarentee",
    "guatamala", "harrass", "hawaian", "heirarchy", "hinderance", "hygenic", "ideosyncrasy", "immediatly",
    "inadvertant", "incidently", "indefinately", "independance", "independant", "indispensible", "inevitible",
    "influencial", "innoculate", "insistance", "insistant", "intelligance", "interupt", "irrelevent",
    "irresistable", "isreal", "jepordize", "judgement", "khruschev", "knowlege", "kruschev", "krushchev",
    "krushchov", "labratory", "legitamate", "liason", "libary", "lisence", "maintainance", "maintenence",
    "managment", "medecine", "mileage", "miniture", "miscelaneous", "mischievious", "mispell", "momento",
    "morgage", "morroco", "naturaly", "neccessary", "necesary", "negociate", "neice", "nicaraugua", "nineth",
    "noticable", "obediant", "occassion", "occurance", "occurence", "offical", "oppurtunity", "orginal",
    "paralell", "parlament", "parliment", "particulary", "pasttime", "percieve", "perseverence", "persistant",
    "personaly", "personel", "phillipines", "phillippines", "portugese", "posession", "posessions", "possable",
    "potatoe", "practicle", "preceed", "predominently", "preferance", "prefered", "presance", "presidant",
    "prevalant", "privelege", "priviledge", "probaly", "procede", "procedings", "prominant", "pronounciation",
    "propoganda", "psycology", "publically", "puertorico", "pursuade", "questionaire", "realy", "reccomend",
    "receit", "recieve", "recomend", "referance", "refered", "relevent", "religous", "remembrence",
    "renumeration", "repitition", "resistence", "resistent", "responsability", "restaraunt", "rythm", "sargent",
    "sattelite", "scedule", "secratary", "secretery", "seige", "sentance", "seperate", "seperately", "seperation",
    "shew", "shewed", "shewn",
    "sergent", "significent", "simultanious", "sincerly", "soveriegn", "specificly", "strategem", "strenght",
    "subpena", "succede", "succesful", "supercede", "superceded", "suprise", "surpress", "surveilance", "tarriff",
    "temperture", "tendancy", "tommorrow", "tounge", "transfered", "truely", "tyrany", "unanimus", "undoubtably",
    "unforseen", "untill", "usefull", "vaccum", "vehical", "venezeula", "vengence", "villian", "visable",
    "wether", "wholely", "wierd", "withold", "writting", "yeild",
})  # fmt: skip


def is_slip(kept: str, words: WordIndex) -> bool:
    """Whether `kept` is a misspelling, or has two letters exchanged (hte)."""
    form = word_form(kept).removesuffix("'s")
    exchanged = (form[:i] + form[i + 1] + form[i] + form[i + 2 :] for i in range(len(form) - 1))
    return is_misspelling(kept, words) or (
        len(form) >= _SHORTEST and any(words.count(other) >= _COMMON_WORD for other in exchanged if other != form)
    )


def is_misspelling(kept: str, words: WordIndex) -> bool:
    """Whether `kept` is a common misspelling, or one that the edition left."""
    form = word_form(kept).removesuffix("'s")
    if form in _COMMON or form.removesuffix("s") in _COMMON or form.removesuffix("d") in _COMMON:
        return True
    rejected = words.rejected(form)
    return rejected is not None and rejected.reason is Reason.MISPRINT
