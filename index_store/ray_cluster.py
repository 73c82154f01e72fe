"""Joining a Ray cluster, or starting one on this machine.

One that is started here listens on loopback alone and lets in whoever knows its token, which is
made anew: whoever reaches a Ray cluster can run programs on it.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import socket
import sys
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path
from textwrap import shorten
from typing import Any

from index_store.errors import WorkersUnavailable
from index_store.ray_address import host_and_port

#: Bytes of shared memory; vectors of a batch take 1.5 MB, and Ray wants 75 MB at least.
_OBJECT_STORE = 128 * 1024**2
#: Seconds in which a cluster takes a connection.
_PATIENCE = 5.0

_ALWAYS = {"RAY_USAGE_STATS_ENABLED": "0"}
#: Ray's switch for systems whose firewalls ask about every port: it listens on loopback alone, and
#: finds a cluster there.
_LOOPBACK = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
#: As nice as this process; Ray would give its workers what all others leave of a processor.
_AS_NICE = {"RAY_worker_niceness": "0"}
#: Whatever its settings, a cluster that starts asks the metadata services of three clouds, over
#: plain HTTP, which of them it is in. Nothing takes calls at this proxy.
_NO_CLOUD = {"http_proxy": "http://127.0.0.1:9", "no_proxy": "127.0.0.1,localhost"}

#: Colours, and the time and place that a line of a log begins with.
_FURNITURE = re.compile(r"\x1b\[[0-9;]*m|^\[[^\]]*\] \S+:\d+: ", re.MULTILINE)


def join(address: str | None, workers: int, scratch: Path) -> int:
    """Joins the cluster at an address, or starts one; how many processors each worker can have.

    Args:
        scratch: folder for what a cluster keeps that is started here.

    Raises:
        WorkersUnavailable: there is no cluster, or it has too few processors.
    """
    os.environ.update(_environment(address))
    # What Ray takes from the environment, it takes when it is imported.
    import ray
    from ray.exceptions import RayError

    try:
        ray.init(
            log_to_driver=False,
            logging_level=logging.ERROR,
            **({"address": address} if address else _own(workers, scratch)),
        )
        nodes: list[dict[str, Any]] = ray.nodes()  # type: ignore[no-untyped-call]  # theirs
    except (RayError, OSError, RuntimeError, ValueError) as error:
        raise _no_cluster(address, last_line(str(error))) from error
    processors = [int(node["Resources"].get("CPU", 0)) for node in nodes if node["Alive"]]
    if sum(processors) < workers:
        raise WorkersUnavailable(
            f"the Ray cluster at {address} has {sum(processors)} processors, expected one for each "
            f"of {workers} workers; run it with fewer --workers, or add machines to the cluster"
        )
    return share(processors, workers)


def _own(workers: int, scratch: Path) -> dict[str, Any]:
    """A cluster of this machine alone."""
    return {
        "address": "local",
        "num_cpus": max(workers, os.cpu_count() or 1),
        "object_store_memory": _OBJECT_STORE,
        "include_dashboard": False,
        "_temp_dir": str(scratch),
    }


def share(processors: Sequence[int], workers: int) -> int:
    """How many processors each of some workers can have, none of which is on two machines.

    Args:
        processors: of each machine; no fewer than workers altogether.
    """
    return max(
        each
        for each in range(1, max(processors) + 1)
        if sum(machine // each for machine in processors) >= workers
    )


def _environment(address: str | None) -> Mapping[str, str]:
    """What Ray is told through the environment.

    Raises:
        WorkersUnavailable: nothing listens at the address; Ray itself would try for two minutes.
    """
    if address is None:
        return {
            **_ALWAYS,
            **_LOOPBACK,
            **_AS_NICE,
            **_NO_CLOUD,
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN": secrets.token_hex(32),
            "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path)),  # workers find this, too
        }
    try:
        with socket.create_connection(host_and_port(address), _PATIENCE) as connection:
            is_here = ip_address(connection.getpeername()[0]).is_loopback
    except OSError as error:
        raise _no_cluster(address, error.strerror or str(error)) from error
    return {**_ALWAYS, **_LOOPBACK} if is_here else _ALWAYS


def _no_cluster(address: str | None, reason: str) -> WorkersUnavailable:
    if address is None:
        return WorkersUnavailable(
            f"Ray cannot be started on this machine ({reason}); run it without --workers"
        )
    return WorkersUnavailable(
        f"no Ray cluster can be used at {address} ({reason}); start it, or unset "
        f"CITEDESK_RAY_ADDRESS to use this machine"
    )


def last_line(text: str) -> str:
    """The end of what is often a page, and says there why."""
    lines = _FURNITURE.sub("", text).strip().splitlines()
    return shorten(lines[-1], 160, placeholder="…") if lines else "it did not say why"
