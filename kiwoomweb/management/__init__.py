"""Commands of the project; most are thin doors to kiwoomweb.operation."""
