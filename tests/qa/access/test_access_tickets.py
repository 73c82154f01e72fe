"""Tickets: good for one origin and some minutes, and never when altered."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.access.keys import Keys
from qa.access.roles import Role
from qa.access.tickets import PREFIX, Tickets
from qa.errors import AccessDenied
from tests.qa.access.clock import Clock

CMS = "https://cms.example.org"


@pytest.fixture
def ticket(keys: Keys, tickets: Tickets) -> str:
    keys.create("cms", Role.READER, (CMS,))
    return tickets.issue(keys.all()[0], CMS, minutes=10)[0]


def test_a_ticket_says_whose_it_is_and_for_what_pages(
    keys: Keys, tickets: Tickets, ticket: str
) -> None:
    read = tickets.read(ticket, CMS)
    assert (read.key, read.origin) == (keys.all()[0].id, CMS)


def test_a_ticket_is_over_after_its_minutes_and_stays_over(
    tickets: Tickets, ticket: str, clock: Clock
) -> None:
    clock.time += 599
    tickets.read(ticket, CMS)
    for _ in range(2):
        clock.time += 1
        with pytest.raises(AccessDenied, match="has expired"):
            tickets.read(ticket, CMS)


@pytest.mark.parametrize(
    "origin", ["", "null", "http://cms.example.org", CMS + ".evil.example", CMS + ":8443", CMS[:-1]]
)
def test_a_ticket_is_no_other_origins(tickets: Tickets, ticket: str, origin: str) -> None:
    with pytest.raises(AccessDenied, match=f"pages of {CMS} alone"):
        tickets.read(ticket, origin)


_REUSED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)


@_REUSED
@given(st.data())
def test_an_altered_ticket_never_passes(tickets: Tickets, ticket: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(ticket)))
    end = data.draw(st.integers(start, len(ticket)))
    altered = ticket[:start] + data.draw(st.text(max_size=5)) + ticket[end:]
    if altered not in (ticket, ticket.removeprefix(PREFIX)):
        with pytest.raises(AccessDenied):
            tickets.read(altered, CMS)


def test_another_spelling_of_the_same_signature_does_not_pass(
    tickets: Tickets, ticket: str
) -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = ticket[-2]  # before the padding; two of its six bits mean nothing
    other = ticket[:-2] + letters[letters.index(last) ^ 1] + ticket[-1]
    signature, spelt = (text.rpartition(".")[2] for text in (ticket, other))
    assert base64.urlsafe_b64decode(signature) == base64.urlsafe_b64decode(spelt)
    with pytest.raises(AccessDenied):
        tickets.read(other, CMS)


def test_what_is_signed_by_nobody_does_not_pass(tickets: Tickets, ticket: str) -> None:
    payload = ticket.removeprefix(PREFIX).partition(".")[0]
    said = json.loads(base64.urlsafe_b64decode(payload))
    said[3] += 3600
    longer = base64.urlsafe_b64encode(json.dumps(said).encode()).decode()
    for forged in (f"{PREFIX}{longer}.{ticket.rpartition('.')[2]}", f"{PREFIX}{longer}.", PREFIX):
        with pytest.raises(AccessDenied, match="altered"):
            tickets.read(forged, CMS)


def test_a_ticket_of_another_home_does_not_pass(
    tickets: Tickets, ticket: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from qa.access.file import AccessFile

    other = AccessFile(tmp_path_factory.mktemp("other"))
    with pytest.raises(AccessDenied):  # that never had a key
        Tickets(other).read(ticket, CMS)
    Keys(other).create("cms", Role.READER)
    with pytest.raises(AccessDenied):
        Tickets(other).read(ticket, CMS)


def test_two_tickets_of_one_key_are_counted_apart(keys: Keys, tickets: Tickets) -> None:
    keys.create("cms", Role.READER, (CMS,))
    (key,) = keys.all()
    one, other = (tickets.issue(key, CMS)[1] for _ in range(2))
    assert one.id != other.id
