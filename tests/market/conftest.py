"""What tests of the live path share."""

from collections.abc import AsyncIterator

import pytest
from channels.layers import get_channel_layer

from market.valkey import close_valkey


@pytest.fixture
async def quiet_end() -> AsyncIterator[None]:
    """Close what the running loop has opened to Valkey."""
    yield
    await close_valkey()
    layer = get_channel_layer()
    if hasattr(layer, "flush"):
        await layer.flush()
