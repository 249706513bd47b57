"""The relay benchmark: one broker's feed on its way to a thousand browsers, beside two other ways to do it.

feed       a broker: the practice exchange's REST door, and a socket that writes as many trades as it is told to
naive_*    the design one would write first: a group message per trade, a consumer per browser
fanout_*   the bound: one loop that reads the feed and writes to sockets, nothing else (C where there is a
           compiler, and Python)
load       the browsers: one process, one epoll, a thousand sockets that read everything and acknowledge it
stage      starts and stops all of these, the product's own programs among them
"""
