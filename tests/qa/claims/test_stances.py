"""What is denied, not confirmed, supposed, rumoured or still to come is not a fact."""

from __future__ import annotations

import pytest

from qa.claims import Text, contradiction, lacking

#: Language, what is printed, what is said of it wrongly.
TAKEN_BACK = [
    ("en", "The minister denied that the bank failed.", "The bank had failed."),
    ("en", "The minister denied that the bank failed.", "The minister said the bank failed."),
    ("en", "The minister denied that the bank failed.",
     "The bank denied that the minister failed."),
    ("en", "The minister said that the bank failed.", "The minister denied that the bank failed."),
    ("en", "The club did not confirm that its striker had signed.", "Its striker has signed."),
    ("en", "There is no evidence that the vaccine harmed anyone.", "The vaccine harmed anyone."),
    ("en", "The plant will close if the council rejects the loan.",
     "The council rejected the loan."),
    ("en", "The plant will close if the council rejects the loan.", "The plant will close."),
    ("en", "The treasurer allegedly stole the money.", "The treasurer stole the money."),
    ("en", "The driver may have fallen asleep.", "The driver fell asleep."),
    ("en", "The council plans to sell the theatre.", "The council sold the theatre."),
    ("en", "The plan would close two schools.", "The plan closed two schools."),
    ("en", "Only members can vote on the contract.", "Members can only vote on the contract."),
    ("fr", "La ministre dément que la banque ait fait faillite.", "La banque a fait faillite."),
    ("fr", "La ministre dit que la banque a fait faillite.",
     "La ministre dément que la banque a fait faillite."),
    ("fr", "Le club n’a pas confirmé que l’attaquant a signé.", "L’attaquant a signé."),
    ("fr", "L’usine fermera si le conseil rejette le prêt.", "Le conseil a rejeté le prêt."),
    ("fr", "La trésorière aurait volé l’argent.", "La trésorière a volé l’argent."),
    ("fr", "La trésorière aurait volé l’argent.", "The treasurer has volé the argent."),
    ("fr", "La mairie va vendre le théâtre.", "La mairie a vendu le théâtre."),
    ("it", "La ministra nega che la banca sia fallita.", "La banca è fallita."),
    ("it", "La ministra dice che la banca è fallita.", "La ministra nega che la banca è fallita."),
    ("it", "Il club non ha confermato che l’attaccante ha firmato.", "L’attaccante ha firmato."),
    ("it", "La fabbrica chiuderà se il consiglio respinge il prestito.",
     "Il consiglio ha respinto il prestito."),
    ("it", "La tesoriera avrebbe rubato i soldi.", "La tesoriera ha rubato i soldi."),
    ("it", "La procura accusa il banchiere di aver nascosto i soldi.",
     "Il banchiere ha nascosto i soldi."),
    ("it", "Il comune venderà il teatro.", "Il comune ha venduto il teatro."),
]  # fmt: skip
KEPT = [
    ("en", "The minister denied that the bank failed.", "The minister denied the bank failed."),
    ("en", "The minister did not deny that the bank failed.",
     "The minister did not deny that the bank failed."),
    ("en", "The minister denied that the bank failed, and resigned.", "The minister resigned."),
    ("en", "The plant will close if the council rejects the loan.",
     "If the council rejects the loan, the plant will close."),
    ("en", "The court has yet to rule on it.", "The court has not yet ruled on it."),
    ("en", "The bridge will be closed on Monday.", "The bridge will be closed."),
    ("en", "The team managed to win the cup.", "The team won the cup."),
    ("fr", "La ministre dément que la banque ait fait faillite.",
     "La ministre a démenti que la banque ait fait faillite."),
    ("fr", "Le musée vient de fermer ses salles.", "Le musée a fermé ses salles."),
    ("it", "La ministra nega che la banca sia fallita.",
     "La ministra ha negato che la banca sia fallita."),
    ("it", "Il comune ha fatto chiudere il teatro.", "Il comune ha chiuso il teatro."),
]  # fmt: skip


def _fault(language: str, printed: str, said: str) -> object:
    read = "en" if said.startswith("The ") else language
    statement, source = Text(said, read), Text(printed, language)
    return lacking(statement, [source]) or contradiction(statement, source)


@pytest.mark.parametrize(
    ("language", "printed", "said"), TAKEN_BACK, ids=[f"{case[2]}|{case[1]}" for case in TAKEN_BACK]
)
def test_what_is_no_fact_in_the_source_is_not_stated_as_one(
    language: str, printed: str, said: str
) -> None:
    assert _fault(language, printed, said)


@pytest.mark.parametrize(
    ("language", "printed", "said"), KEPT, ids=[f"{case[2]}|{case[1]}" for case in KEPT]
)
def test_what_keeps_the_sources_reserve_passes(language: str, printed: str, said: str) -> None:
    assert _fault(language, printed, said) is None
