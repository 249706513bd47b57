"""A small exchange and broker that answer like Kiwoom over real HTTP and WebSocket. No Django in here."""
