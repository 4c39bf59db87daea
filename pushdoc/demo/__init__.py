"""`pushdoc demo`: the whole of pushdoc in one go, in a folder of its own, against the sandbox."""

from pushdoc.demo.show import demonstrate

__all__ = ["demonstrate"]
