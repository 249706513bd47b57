"""Questions about the journal. They read current facts and return frozen figures; unknown is ``None``."""
