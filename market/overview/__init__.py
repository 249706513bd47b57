"""The market at a glance: indices with their breadth, who rises and falls, sectors as a map, who buys."""
