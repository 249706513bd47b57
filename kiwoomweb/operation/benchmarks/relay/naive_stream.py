"""The naive design's listener: ``python -m kiwoomweb.operation.benchmarks.relay.naive_stream PORT``.

Reads the broker's socket with ``json`` and sends every trade to its symbol's group.
"""

import asyncio
import json
import os
import sys
from typing import Any

__all__ = ["main"]


def main(port: str) -> None:
    """Listen until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiwoomweb.settings")
    import django

    django.setup()
    asyncio.run(_listen(int(port)))


async def _listen(port: int) -> None:
    from channels.layers import get_channel_layer
    from websockets.asyncio.client import connect

    layer = get_channel_layer()
    address = f"ws://127.0.0.1:{port}/naive"
    async with connect(address, ping_interval=None, compression=None, proxy=None) as socket:
        await socket.send(json.dumps({"trnm": "LOGIN", "token": "naive"}))
        async for text in socket:
            said = json.loads(text)
            if said["trnm"] == "REAL":
                for entry in said["data"]:
                    symbol = entry["item"].partition("_")[0]
                    await layer.group_send(f"tick.{symbol}", {"type": "tick", "values": _told(symbol, entry)})
            elif said["trnm"] == "LOGIN":
                await socket.send(json.dumps({"trnm": "REG", "data": [{"item": ["*"], "type": ["0B"]}]}))


def _told(symbol: str, entry: dict[str, Any]) -> dict[str, Any]:
    values = entry["values"]
    return {
        "topic": f"quote:{symbol}",
        "price": abs(int(values["10"])),
        "change": int(values["11"]),
        "rate": values["12"],
        "size": abs(int(values["15"])),
        "volume": int(values["13"]),
        "at": values["20"],
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
