"""A home whose keys and users are made under a clock that the test moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.access.file import AccessFile
from qa.access.keys import Keys
from qa.access.tickets import Tickets
from qa.access.users import Users
from tests.qa.access.clock import CHEAP, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> AccessFile:
    return AccessFile(tmp_path / "home")


@pytest.fixture
def keys(file: AccessFile, clock: Clock) -> Keys:
    return Keys(file, clock)


@pytest.fixture
def tickets(file: AccessFile, clock: Clock) -> Tickets:
    return Tickets(file, clock)


@pytest.fixture
def users(file: AccessFile, clock: Clock) -> Users:
    return Users(file, clock, CHEAP)
