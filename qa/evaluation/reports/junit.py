"""A run as JUnit XML, a test case a question: continuous integration shows it as it shows tests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import islice
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from qa.evaluation.metrics.languages import SAME
from qa.evaluation.reports.telling import expected, given, run_name

#: What XML 1.0 has no way to write, not even as a reference (section 2.2).
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(report: Mapping[str, Any]) -> str:
    """The document: what failed with its reason, what was not answered as an error, what nothing
    is known of as skipped."""
    cases = [_case(one) for one in report["outcomes"]]
    results = Counter(case[0].tag if len(case) else "" for case in cases)
    seconds = sum(one["elapsed_ms"] for one in report["outcomes"]) / 1_000
    suite = Element(
        "testsuite",
        name=_writable(report["set"]),
        tests=str(len(cases)),
        failures=str(results["failure"]),
        errors=str(results["error"]),
        skipped=str(results["skipped"]),
        time=f"{seconds:.3f}",
        timestamp=report["made"],
    )
    properties = SubElement(suite, "properties")
    SubElement(properties, "property", name="asked", value=_writable(report["desk"]))
    suite.extend(cases)
    counts = ("name", "tests", "failures", "errors", "skipped", "time")
    root = Element("testsuites", {name: suite.attrib[name] for name in counts})
    root.append(suite)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _case(outcome: Mapping[str, Any]) -> Element:
    named = (tag for tag in outcome["tags"] if not tag.startswith(SAME))
    case = Element(
        "testcase",
        classname=_writable(".".join((outcome["language"] or "any", *islice(named, 1)))),
        name=_writable(f"{run_name(outcome)}: {outcome['question']}"),
        time=f"{outcome['elapsed_ms'] / 1_000:.3f}",
    )
    if outcome["error"] is not None:
        told = SubElement(case, "error", message=_writable(outcome["error"]), type=outcome["why"])
    elif outcome["why"] is not None:
        told = SubElement(case, "failure", message=outcome["why"], type=outcome["why"])
    elif "right" not in outcome["measures"]:
        SubElement(case, "skipped", message="the set does not say what is right")
        return case
    else:
        return case
    told.text = _writable(f"expected: {expected(outcome)}\nfound: {given(outcome)}")
    return case


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)
