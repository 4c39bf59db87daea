"""pushdoc as a service of systemd: the unit filled in for one installation, and the steps of installing it.

What the service then does is `pushdoc.daemon`; nothing of that is here.
"""

from pushdoc.service.install import Step, installing, obstacles, uninstalling
from pushdoc.service.needs import Needs, needs_of
from pushdoc.service.places import Places, shipped
from pushdoc.service.unit import filled, kept

__all__ = [
    "Needs",
    "Places",
    "Step",
    "filled",
    "installing",
    "kept",
    "needs_of",
    "obstacles",
    "shipped",
    "uninstalling",
]
