"""Who traded: every share of a day's volume gets a buyer and a seller, so that all who count them agree.

figures ─ how much each session of a day trades
sharing ─ cutting whole numbers into parts that add up, also part by part through the day
investors ─ a session's buyers and sellers by kind of investor
members ─ the same volume by the firm that carried the order
foreigners, credit, lending ─ balances that walk from day to day
programs, shorts ─ parts of what institutions and foreigners trade
flows ─ all of it for one market, at any instant
"""
