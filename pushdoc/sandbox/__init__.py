"""A local stand-in of Inqom's HTTP service, for `pushdoc demo`, for trying and for tests.

It follows the contract and nothing else: it shares no code with the client, so that an error in one is not
repeated in the other. `Sandbox` runs within a process, `serve` is the whole of `pushdoc sandbox`.
"""

from pushdoc.sandbox.account import (
    DEMO_CLIENT_ID,
    DEMO_CLIENT_SECRET,
    DEMO_PASSWORD,
    DEMO_USERNAME,
    SECOND_FACTOR_USERNAME,
    Account,
)
from pushdoc.sandbox.demo_folders import DEMO_COMPANIES, DEMO_FOLDERS
from pushdoc.sandbox.faults import KINDS, Fault, Faults
from pushdoc.sandbox.folders import Company, Folder
from pushdoc.sandbox.folders_file import read_folders
from pushdoc.sandbox.record import Exchange, Received, Request
from pushdoc.sandbox.server import DEFAULT_PORT, Sandbox, serve

__all__ = [
    "DEFAULT_PORT",
    "DEMO_CLIENT_ID",
    "DEMO_CLIENT_SECRET",
    "DEMO_COMPANIES",
    "DEMO_FOLDERS",
    "DEMO_PASSWORD",
    "DEMO_USERNAME",
    "KINDS",
    "SECOND_FACTOR_USERNAME",
    "Account",
    "Company",
    "Exchange",
    "Fault",
    "Faults",
    "Folder",
    "Received",
    "Request",
    "Sandbox",
    "read_folders",
    "serve",
]
