"""The numbers of a report's page."""

from __future__ import annotations

import re

from qa.evaluation.comparing import compare
from qa.evaluation.metrics.table import METRICS
from qa.evaluation.reports.groups import GROUPS
from qa.evaluation.reports.headline import FIRST, groups, parts
from tests.qa.evaluation.reports.runs import made_up, report_of


def test_every_metric_is_in_one_group_and_explained_in_a_sentence() -> None:
    explained = [name for group in GROUPS for name in group.metrics]
    assert sorted(explained) == sorted(metric.name for metric in METRICS)
    assert all(what.endswith(".") for group in GROUPS for what in group.metrics.values())


def test_a_value_has_its_interval_and_its_meaning_beside_it() -> None:
    told = groups(report_of(made_up()), None)
    assert "Answerable questions answered" in told
    assert "The share of citations whose quotation stands in the stored article" in told
    assert "judged_faithful" not in told  # nobody was asked


def test_a_change_beyond_chance_is_said_to_be_better_or_worse() -> None:
    worse = report_of(made_up(wrong=range(12)))
    better = report_of(made_up(wrong=()))
    down, up = groups(worse, compare(better, worse)), groups(better, compare(worse, better))
    assert re.search(r"was 1\.000, −1\.000 [^<]*: worse</strong>", down)
    assert re.search(r"was 0\.000, \+1\.000 [^<]*: better</strong>", up)
    assert "as before" in groups(better, compare(better, better))


def test_tags_come_worst_first_and_what_is_beyond_the_first_is_folded() -> None:
    report = report_of(made_up())
    report["by_tag"] = {f"tag-{place}": report["by_tag"]["how-many"] for place in range(FIRST + 3)}
    report["by_tag"]["worst"] = report_of(made_up(wrong=range(12)))["by_tag"]["how-many"]
    (first, *_) = parts(report).split("worst first</caption>")[1:]
    assert first.index(">worst<") < first.index(">tag-0<")
    assert "<summary>4 more</summary>" in first


def test_one_metric_is_shown_and_the_others_wait_to_be_chosen() -> None:
    told = parts(report_of(made_up()))
    assert len(re.findall(r'class="split" data-metric="\w+">', told)) == 1
    assert told.count('<div class="split"') == told.count("<option") > 10
