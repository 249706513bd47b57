"""Questions about orders and fills. They read current facts and never write."""
