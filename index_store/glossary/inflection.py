"""Which words of a glossary an inflected word can be a form of.

A table of endings a language, from the ending of an inflected word to that of the word that a
glossary lists. Tried on all pairs of single words in different rows of the packaged glossary, the
usual rule (a common beginning, three letters of difference at most) takes 2,446 pairs for one
word, such as "porto" and "portata"; these tables take 58, most of them kin, such as "smoking" and
"smoke".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

_Endings = Mapping[str, tuple[str, ...]]

#: Letters that stay of a word without its ending. With 3, "banned" is not found by "ban", nor
#: "pagherà" by "pagare"; with 2, two pairs more are mistaken.
LEAST_SHARED = 2

#: The same where gender alone differs: French "port" and "porte" are two things, as Italian
#: "porto" and "porta" are, "avocat" and "avocate" are one.
LEAST_SHARED_BY_GENDER = 5

_LONGEST = 8  # letters of an ending; a test checks it

# Each line: how a listed word ends, and how its forms do. Accents are folded already.
_FORMS = {
    "en": """
        - s ed ing
        s ses sed sing
        x xes xed xing
        z zes zed zing
        ch ches
        sh shes
        o oes
        e ed ing
        y ies ied
        f ves
        fe ves
        man men
        b bbed bbing
        d dded dding
        g gged gging
        l lled lling
        m mmed mming
        n nned nning
        p pped pping
        r rred rring
        t tted tting
    """,
    "fr": """
        - s
        eau eaux
        eu eux
        al aux
        ail aux
        er e es ee ees ent ons ez ant ait aient a erent era eront erait eraient
        ger gea geait geaient geant geons
        ir it is issent issait issaient issant i irent ira iront irait iraient
        dre d ds dent dait daient dant du dus dirent dra dront drait draient
        uire uit uisent uisait uisaient uisant uisirent uira uiront uirait uiraient
        ayer aie aies aient aiera aieront
        oyer oie oies oient oiera oieront
        uyer uie uies uient uiera uieront
    """,
    "it": """
        o i
        a e i
        e i
        io i
        co chi
        go ghi
        ca che
        ga ghe
        cia ce
        gia ge
        are o i a ano ato ata ati ate iamo ava avano o arono ando asse era eranno erebbe erebbero
        iare i ia
        care chi chiamo chera cheranno cherebbe
        gare ghi ghiamo ghera gheranno gherebbe
        ciare cera ceranno
        giare gera geranno
        ere e o ono uto uta uti ute iamo eva evano ette ettero endo esse era eranno erebbe
        ire e o ono ito ita iti ite isce iscono iamo iva ivano i irono endo isse ira iranno irebbe
        arsi a ano ato ata ati ate ava avano o arono andosi ando era eranno
        ersi e ono uto uta uti ute eva evano ette ettero endosi endo era eranno
        irsi e ono ito ita iti ite isce iscono iva ivano i irono endosi endo ira iranno
    """,
}

_GENDERS = {
    "fr": """
        - e es
        er ere eres
        eur euse euses
        teur trice trices
        x se ses
        f ve ves
        n nne nnes
        l lle lles
        c que ques
    """,
    "it": """
        o a e
        tore trice trici
        co che
        go ghe
    """,
}


def listed_forms(word: str, language: str) -> Iterator[str]:
    """A folded word, then the words that it can be a form of in a language, the likeliest first.

    A language without a table knows only the word itself.
    """
    yield word
    for endings, least in _tables(language):
        for at in range(len(word), max(least, len(word) - _LONGEST) - 1, -1):
            for listed in endings.get(word[at:], ()):
                yield word[:at] + listed


@cache
def _tables(language: str) -> tuple[tuple[_Endings, int], ...]:
    return (
        (_inverted(_FORMS.get(language, "")), LEAST_SHARED),
        (_inverted(_GENDERS.get(language, "")), LEAST_SHARED_BY_GENDER),
    )


def _inverted(table: str) -> _Endings:
    inverted: dict[str, list[str]] = {}
    for listed, *forms in map(str.split, table.strip().splitlines()):
        for form in forms:
            inverted.setdefault(form.removeprefix("-"), []).append(listed.removeprefix("-"))
    return {form: tuple(endings) for form, endings in inverted.items()}
