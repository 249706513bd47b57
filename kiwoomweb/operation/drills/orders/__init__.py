"""The drill of the order path: real kills at every crash point, a lying wire, a judge with the books."""
