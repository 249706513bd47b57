"""Every TR: all 206 asked through our own client and stream of a practice broker started for it.

outcome.py    what asking one TR came to, and its line
rehearsal.py  the practice broker, our client and our stream beside it
ordering.py   the orders, in an order that lets each of them work
asking.py     the rest of REST, with what the usual question cannot know
hearing.py    conditions, and realtime types as they come
check.py      the day on which all of them are asked
decoding.py   one raw reply, as the product would read it
breaking.py   the ways to break a text
mutating.py   replies, frames and questions bent at random
door.py       bent questions at the practice broker's own gate
"""
