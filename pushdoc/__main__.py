"""`python -m pushdoc` is `pushdoc`."""

from pushdoc.cli import main

main()
