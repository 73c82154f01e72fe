"""Passwords, hashed so that whoever gets the file cannot read them.

scrypt (RFC 7914) is in the standard library and costs memory as well as time; Argon2 would be one
more compiled library for a hash that guards a handful of log-ins. The numbers are those of the
OWASP Password Storage Cheat Sheet with the least memory for its time: 32 MB and 0.2 s a log-in.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass

from qa.errors import BadAccess

SHORTEST = 12
#: Characters; hashing more is only work.
LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Cost:
    """Of scrypt: it takes 128 · `blocks` · `n` bytes, `parallel` times."""

    n: int = 2**15
    blocks: int = 8
    parallel: int = 3


def hash_password(password: str, cost: Cost = Cost()) -> str:
    """The hash with its own salt and cost, so that both can change later.

    Raises:
        BadAccess: the password is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadAccess(f"a password has at least {SHORTEST} characters; several words are best")
    salt = secrets.token_bytes(16)
    digest = _scrypt(password, salt, cost)
    return f"scrypt${cost.n}${cost.blocks}${cost.parallel}${salt.hex()}${digest.hex()}"


def is_password(password: str, hashed: str) -> bool:
    """Whether it is the password of a hash."""
    _, n, blocks, parallel, salt, digest = hashed.split("$")
    cost = Cost(int(n), int(blocks), int(parallel))
    given = _scrypt(password[: LONGEST + 1], bytes.fromhex(salt), cost)
    return hmac.compare_digest(given, bytes.fromhex(digest))


def _scrypt(password: str, salt: bytes, cost: Cost) -> bytes:
    # The same letters typed on two systems can be other characters (RFC 8265, 4.2.2).
    text = unicodedata.normalize("NFC", password).encode(errors="surrogatepass")
    # OpenSSL allows 32 MB unless it is told otherwise.
    room = 2 * 128 * cost.blocks * (cost.n + cost.parallel)
    return hashlib.scrypt(
        text, salt=salt, n=cost.n, r=cost.blocks, p=cost.parallel, maxmem=room, dklen=32
    )
