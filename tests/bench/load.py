"""The server under load: fifty readers at once, then as many questions as it can just bear.

It is a process of its own over 10,000 made passages, asked over loopback; afterwards there is one
for each processor, on the same home. That those who ask share their processors is part of every
figure.
"""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from string import ascii_lowercase
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx
import numpy as np

from tests.bench import growth
from tests.bench.baselines import raw_model
from tests.bench.data import load

_PASSAGES = 10_000
_USERS = 50
_SECONDS = 60.0
_UNLOADED = 200
_FLAT = 5_000
_SHARE = 0.8
_BATCH = 16
_SEED = 1
_ANNOUNCED = "citedesk is at "


@dataclass(slots=True)
class Told:
    """What became of some questions.

    Attributes:
        statuses: how many were answered with each; 0 where there was no answer at all.
        waits: how many of the refusals said when to come again.
        seconds: of each that was answered.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    waits: int = 0
    seconds: list[float] = field(default_factory=list)
    took: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.statuses[200] / self.took

    def p95(self) -> float:
        """Milliseconds within which 95 of 100 were answered."""
        return float(np.percentile(self.seconds, 95)) * 1000

    def __str__(self) -> str:
        refused = sum(count for status, count in self.statuses.items() if status in (429, 503))
        other = self.statuses.total() - self.statuses[200] - refused
        return (
            f"{self.statuses[200]} answers, {refused} told to come again ({self.waits} of them "
            f"when), {other} of any other kind"
        )


def run(folder: Path) -> None:
    """Prints throughput, waiting times and memory."""
    found = load(folder, "xquad.en", "en")
    if found is None:
        return
    questions = [one.question for one in found.questions]
    raw = _raw_rate(questions)
    with TemporaryDirectory(prefix="citedesk-bench-") as scratch:
        _build(folder, Path(scratch))
        measure(Path(scratch) / "home", questions, raw)


def measure(home: Path, questions: Sequence[str], raw: float) -> None:
    """Prints the figures of one process, and of one for each processor.

    Args:
        raw: questions a second that plain `encode` embeds.
    """
    with ExitStack() as stack:
        addresses = [stack.enter_context(_server(home))]
        asyncio.run(_measure(addresses[0], questions, raw))
        addresses += [stack.enter_context(_server(home)) for _ in range(1, os.cpu_count() or 1)]
        asyncio.run(_measure_all(addresses, questions, raw))


def _raw_rate(questions: Sequence[str]) -> float:
    """Questions a second that plain `encode` embeds, sixteen at a time: the baseline."""
    model = raw_model()
    model.encode(list(questions[:_BATCH]))
    some = questions[:320]
    began = perf_counter()
    for at in range(0, len(some), _BATCH):
        model.encode(list(some[at : at + _BATCH]), batch_size=_BATCH, show_progress_bar=False)
    return len(some) / (perf_counter() - began)


def _build(folder: Path, scratch: Path) -> None:
    """Makes the archive in processes of their own, whose memory is then free again."""
    kept, home = str(scratch / "sentences"), scratch / "home"
    home.mkdir()
    growth.apart("embed", str(folder), kept)
    growth.apart("build", str(home), kept, str(_PASSAGES))


@contextmanager
def _server(home: Path) -> Iterator[str]:
    environment = {**os.environ, "CITEDESK_RATE": "1000000", "CITEDESK_ACCESS": "off"}
    with subprocess.Popen(
        [sys.executable, "-m", "qa.cli", "serve", "--home", str(home), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if line.startswith(_ANNOUNCED):
                    yield line.removeprefix(_ANNOUNCED).strip()
                    break
        finally:
            process.terminate()


def _client(address: str) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=200)
    return httpx.AsyncClient(base_url=address, timeout=60, limits=limits)


async def _measure(address: str, questions: Sequence[str], raw: float) -> None:
    async with _client(address) as client:
        asked = _endless(questions)
        await _one_by_one(client, asked, 50)
        alone = await _one_by_one(client, asked, _UNLOADED)
        print(f"one reader: {alone.rate:.1f} answers a second, p95 {alone.p95():.0f} ms; raw "
              f"encode embeds {raw:.0f} questions a second")  # fmt: skip
        crowd = await _crowd([client], asked)
        print(f"{_USERS} readers for {_SECONDS:.0f} s: {crowd}")
        print(f"  {crowd.rate:.1f} answers a second: {crowd.rate / alone.rate:.2f}× one reader, "
              f"{crowd.rate / raw:.2f}× raw encode; p95 {crowd.p95():.0f} ms")  # fmt: skip
        steady = await _open_loop(client, asked, crowd.rate * _SHARE)
        print(
            f"offered {_SHARE:.0%} of that for {_SECONDS:.0f} s, whether answered or not: {steady}"
        )
        print(f"  p95 {steady.p95():.0f} ms: {steady.p95() / alone.p95():.1f}× one reader")
        before = await _memory(client)
        many = await _crowd([client], asked, questions=_FLAT)
        after = await _memory(client)
        print(f"{many.statuses.total()} more questions: memory {before / 2**20:.0f} to "
              f"{after / 2**20:.0f} MiB, {after / before:.2f}×")  # fmt: skip


async def _measure_all(addresses: Sequence[str], questions: Sequence[str], raw: float) -> None:
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(_client(address)) for address in addresses]
        asked = _endless(questions)
        for client in clients:
            await _one_by_one(client, asked, 50)
        crowd = await _crowd(clients, asked)
        print(f"{len(clients)} processes, {_USERS} readers for {_SECONDS:.0f} s: {crowd}")
        print(f"  {crowd.rate:.1f} answers a second: {crowd.rate / raw:.2f}× raw encode; "
              f"p95 {crowd.p95():.0f} ms")  # fmt: skip


async def _one_by_one(client: httpx.AsyncClient, asked: Iterator[str], count: int) -> Told:
    told, began = Told(), perf_counter()
    for _ in range(count):
        await _ask(client, next(asked), told)
    told.took = perf_counter() - began
    return told


async def _crowd(
    clients: Sequence[httpx.AsyncClient], asked: Iterator[str], questions: int | None = None
) -> Told:
    """Readers who each ask again as soon as they are answered, or told to wait; as many of each
    server."""
    told, began = Told(), perf_counter()

    async def reader(client: httpx.AsyncClient) -> None:
        while told.statuses.total() < questions if questions else perf_counter() - began < _SECONDS:
            await _ask(client, next(asked), told)

    await asyncio.gather(*(reader(clients[at % len(clients)]) for at in range(_USERS)))
    told.took = perf_counter() - began
    return told


async def _open_loop(client: httpx.AsyncClient, asked: Iterator[str], rate: float) -> Told:
    """Questions at random times (a Poisson process), however long the others take."""
    told, began = Told(), perf_counter()
    async with asyncio.TaskGroup() as tasks:
        async for _ in _arrivals(rate):
            tasks.create_task(_ask(client, next(asked), told))
    told.took = perf_counter() - began
    return told


async def _arrivals(rate: float) -> AsyncIterator[None]:
    chance = random.Random(_SEED)
    began, due = perf_counter(), 0.0
    while (due := due + chance.expovariate(rate)) < _SECONDS:
        await asyncio.sleep(max(0.0, began + due - perf_counter()))
        yield


async def _ask(client: httpx.AsyncClient, question: str, told: Told) -> None:
    began = perf_counter()
    try:
        response = await client.post("/v1/ask", json={"question": question})
    except httpx.HTTPError:
        told.statuses[0] += 1
        return
    told.statuses[response.status_code] += 1
    if response.status_code == httpx.codes.OK:
        told.seconds.append(perf_counter() - began)
    elif "retry-after" in response.headers:
        told.waits += 1
        await asyncio.sleep(float(response.headers["retry-after"]))


async def _memory(client: httpx.AsyncClient) -> float:
    """Bytes of the server that are resident."""
    text = (await client.get("/metrics")).text
    (line,) = [one for one in text.splitlines() if one.startswith("process_resident_memory_bytes ")]
    return float(line.split()[1])


def _endless(questions: Sequence[str]) -> Iterator[str]:
    """Each with letters of its own, so that nothing that was kept can answer it. A number would
    have to be in the answer, too, so that nearly all would be refused."""
    for number, letters in enumerate(product(ascii_lowercase, repeat=5)):
        yield f"{questions[number % len(questions)]} ({''.join(letters)})"
