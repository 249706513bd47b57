"""The wire's way of writing values, both ways: text the broker sends <-> numbers, names and moments of ours.

Everything on the wire is text (PROTOCOL 5.1). A reader takes the text of one field and gives a value, ``None``
when the field is blank, or raises ``ValueError`` when it has a form no broker uses: never a coerced zero.

    numbers.py   won, price, count, decimal, rate, scaled, points, thousands, millions, eoks, aggressor
    names.py     symbol, item, side, venue, order_no, flag
    times.py     day, clock, moment
    row.py       Row: reads fields by name and names the TR and the field of every error
    writing.py   the inverse of them all, for whoever answers like the broker
"""
