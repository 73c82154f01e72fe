"""How vectors are packed into records."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index_store.records import pack_vectors, read_embedded, unpack_vectors

numbers = st.floats(-1, 1, width=32, allow_subnormal=False)
rows = arrays(np.float32, st.tuples(st.integers(1, 5), st.just(16)), elements=numbers)


@given(rows.filter(lambda found: (np.abs(found).max(axis=1) > 0.01).all()))
def test_packed_vectors_keep_their_direction_and_pack_alike_again(found: np.ndarray) -> None:
    packed = pack_vectors(found)
    vectors = unpack_vectors(packed, 16)
    assert len(packed) == found.size
    assert pack_vectors(vectors) == packed
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    unit = found / np.linalg.norm(found, axis=1, keepdims=True)
    assert ((vectors * unit).sum(axis=1) > 0.999).all()


def test_an_empty_reply_holds_no_passages() -> None:
    assert read_embedded({"ids": [], "documents": [], "metadatas": [], "embeddings": []}) == {}
