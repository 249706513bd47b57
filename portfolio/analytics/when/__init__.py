"""When and where (metrics 3.4): the buckets trades fall into, and the figures of each."""
