"""Pages of access: each says who may, lets a service act, and shows what came of it."""
