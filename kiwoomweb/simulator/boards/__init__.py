"""Boards: what the whole market shows at once, drawn from the same tapes as every single quote."""
