"""Inqom: what goes out (`form`), what comes back (`wire`, `outcome`), what is found again (`listing`, `lookup`).

`client` joins these to the network; `settings` stands alone, so that reading the rules does not load the network.
Source, wherever none is named: the contract page, put together from Inqom's public documentation; no live call.
"""
