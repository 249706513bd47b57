"""Boards: the market's lists as tables, one page for all of them.

shelves.py     which TRs there are, how they are grouped and called
questions.py   the form of a board: what a person may choose, checked before it is sent
cells.py       one typed cell as a table cell
tables.py      a whole reply as tables written in one stroke a row
page.py        one board as it is shown
"""
