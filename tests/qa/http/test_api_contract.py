"""The API keeps to its own description, asked whatever that allows, and what it does not.

Schemathesis makes the requests from the OpenAPI description, the same ones each time. By hand and
with more of them, over a served archive:

    schemathesis run http://127.0.0.1:7860/openapi.json --checks all --mode all -n 200
"""

import re
from typing import Any

import pytest
import schemathesis
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

from qa.access.admission import Access, Mode
from qa.access.roles import Role
from qa.http import create_app
from qa.http.fakes import ARTICLES, FakeAnswerer

_GENERATION = {"mode": "all", "max-examples": 15, "deterministic": True, "no-shrink": True}
_CMS = "https://cms.example.org"
#: What JSON Schema cannot say of a request: what the archive has, how two fields go together.
_BEYOND_SCHEMA = re.compile(
    r'has a "from" that is later than its "to"'
    r"|must have a last message with the role user"
    r"|must have at most \d+ messages before the question"
    r"|: the archive has none of this name"
    r"|This key is not for pages of "
    r"|a question has 1 to 2,000 characters"
)


@pytest.fixture
def described(tmp_path: Any) -> Any:
    answerer: Any = FakeAnswerer(ARTICLES)
    access = Access(tmp_path, Mode.ON)
    key = access.keys.create("cms", Role.ADMIN, (_CMS,))
    log = tmp_path / "feedback.jsonl"
    app = create_app(answerer, feedback_log=log, access=access, rate=1_000_000)
    headers = {"Authorization": f"Bearer {key}"}
    config = SchemathesisConfig.from_dict(
        {"seed": 1, "generation": _GENERATION, "headers": headers}
    )
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, config=config)

    @schema.hook
    def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
        is_refused = failure.code == "ST202"  # a request that the schema allows
        return not (is_refused and _BEYOND_SCHEMA.search(response.json()["detail"]))

    return schema


def test_requests_are_answered_as_documented(described: Any) -> None:
    asked, found = 0, []
    for event in engine.from_schema(described).execute():
        assert not isinstance(event, FatalError | NonFatalError), event
        if isinstance(event, ScenarioFinished):
            asked += len(event.recorder.interactions)
            checks = [check for some in event.recorder.checks.values() for check in some]
            found += [check.failure_info for check in checks if check.failure_info]
    assert asked > 500
    assert not found, "\n\n".join(f"{one.failure}\n{one.code_sample}" for one in found[:5])
