"""The order desk against the simulator, over real HTTP."""
