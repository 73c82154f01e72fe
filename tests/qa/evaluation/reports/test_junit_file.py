"""JUnit XML: what continuous integration makes of a run."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from qa.evaluation.outcome import Outcome
from qa.evaluation.questions import GoldQuestion
from qa.evaluation.reports.junit import junit_xml
from tests.qa.evaluation.outcomes import outcome, quoting
from tests.qa.evaluation.reports.runs import hostile, made_up, report_of

#: The rules that readers of JUnit XML agree on.
RULES = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:attributeGroup name="counts">
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="skipped" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="time" type="xs:decimal" use="required"/>
  </xs:attributeGroup>
  <xs:complexType name="problem">
    <xs:simpleContent><xs:extension base="xs:string">
      <xs:attribute name="message" type="xs:string" use="required"/>
      <xs:attribute name="type" type="xs:string"/>
    </xs:extension></xs:simpleContent>
  </xs:complexType>
  <xs:element name="testsuites"><xs:complexType>
    <xs:sequence><xs:element name="testsuite"><xs:complexType>
      <xs:sequence>
        <xs:element name="properties"><xs:complexType><xs:sequence>
          <xs:element name="property" maxOccurs="unbounded"><xs:complexType>
            <xs:attribute name="name" type="xs:string" use="required"/>
            <xs:attribute name="value" type="xs:string" use="required"/>
          </xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element>
        <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
          <xs:choice minOccurs="0">
            <xs:element name="failure" type="problem"/>
            <xs:element name="error" type="problem"/>
            <xs:element name="skipped" type="problem"/>
          </xs:choice>
          <xs:attribute name="classname" type="xs:string" use="required"/>
          <xs:attribute name="name" type="xs:string" use="required"/>
          <xs:attribute name="time" type="xs:decimal" use="required"/>
        </xs:complexType></xs:element>
      </xs:sequence>
      <xs:attributeGroup ref="counts"/>
      <xs:attribute name="timestamp" type="xs:dateTime" use="required"/>
    </xs:complexType></xs:element></xs:sequence>
    <xs:attributeGroup ref="counts"/>
  </xs:complexType></xs:element>
</xs:schema>
"""


def cases(*outcomes: Outcome) -> list[Any]:
    return list(fromstring(junit_xml(report_of(outcomes))).iter("testcase"))


@pytest.mark.parametrize("outcomes", [made_up(), hostile(), []], ids=["run", "hostile", "none"])
def test_the_document_keeps_to_the_rules(outcomes: list[Outcome]) -> None:
    document = etree.fromstring(junit_xml(report_of(outcomes)).encode())
    etree.XMLSchema(etree.fromstring(RULES)).assertValid(document)
    suite = document.find("testsuite")
    assert int(suite.get("tests")) == len(suite.findall("testcase")) == len(outcomes)
    for name in ("failure", "error"):
        assert int(suite.get(f"{name}s")) == len(suite.findall(f"testcase/{name}"))


@given(st.text())
def test_any_text_makes_valid_xml(text: str) -> None:
    gold = GoldQuestion(text, text, language="en", answerable=True, tags=(text,))
    fromstring(junit_xml(report_of([Outcome(gold, None, error=text)])).encode())


def test_a_failure_says_what_was_expected_and_what_came() -> None:
    told = quoting("It is two.", "b.md", probability=0.9)
    (case,) = cases(outcome(told, ["a.md"], valid=[True], id="q-1", language="en",
                            answer_groups=(("three", "drei"),), sources=("a.md",),
                            tags=("same:count", "how-many")))  # fmt: skip
    assert case.attrib["classname"] == "en.how-many"
    assert case.attrib["name"] == "q-1: q-1?"
    (failure,) = case
    assert failure.tag == "failure"
    assert failure.attrib["message"] == "retrieved but not quoted"
    assert failure.text == "expected: three or drei; citing a.md\nfound: It is two. [b.md]"


def test_an_error_a_skipped_and_a_right_question_are_told_apart() -> None:
    told = cases(outcome(None, id="q", repeat=1), outcome(quoting("Two.", "a.md")), *made_up([], 1))
    assert [[each.tag for each in case] for case in told] == [["error"], ["skipped"], []]
    assert told[0].attrib["name"].startswith("q (run 2): ")
