"""Result and edge (metrics 3.1): what closed trades won and lost, and how sure one can be of it."""
