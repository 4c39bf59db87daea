"""Plug-ins: one service each. A plug-in knows its service and `deliver`, and nothing else of the house."""
