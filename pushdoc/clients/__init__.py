"""Who the clients are: MCF's table, their SIRET, and the dossier that each one's documents go to.

Knows nothing of rules, of the folders on disk or of any one destination: the dossiers are brought in.
"""

from pushdoc.clients.listing import Listing, chosen, merge
from pushdoc.clients.mapping import Mapping, Verdict, map_clients
from pushdoc.clients.table import Table, read_table

__all__ = ["Listing", "Mapping", "Table", "Verdict", "chosen", "map_clients", "merge", "read_table"]
