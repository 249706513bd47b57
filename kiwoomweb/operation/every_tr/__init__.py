"""Every TR: all 206 asked through our own client and stream of a practice broker started for it.

outcome.py    what asking one TR came to, and its line
rehearsal.py  the practice broker, our client and our stream beside it
bodies.py     what to ask: the usual question, and what it cannot know
ordering.py   the orders, in an order that lets each of them work
asking.py     the rest of REST, again at another hour where nothing was said
hearing.py    conditions, and realtime types as they come
decoding.py   one raw reply, as the product would read it
mutating.py   replies bent at random
"""
