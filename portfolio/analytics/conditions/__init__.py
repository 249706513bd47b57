"""Conditions (metrics 3.7): the edge of a 조건검색, and whether the hits one took were the better ones."""
