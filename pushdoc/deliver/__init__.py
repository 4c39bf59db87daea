"""One attempt at one destination: what a destination is, what it may answer, how fast and how often it is asked.

Knows nothing of the ledger, of folders or of any one service.
"""
