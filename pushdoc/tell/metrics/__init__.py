"""Numbers for whoever watches machines. Needs Prometheus's client library only where they are written or served."""
