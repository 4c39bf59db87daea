"""What goes out by mail: the digest of a day and the alerts, laid out, put into envelopes, handed to a mail server."""
