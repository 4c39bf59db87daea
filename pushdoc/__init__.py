"""The daemon between MyCompanyFiles and the accounting software."""

__version__ = "0.1.0"
