"""What status, list and show say."""

from pushdoc.words.phrase import Both

PHRASES = {
    # the states of a document
    "tell.state.held": Both(fr="en attente de votre accord", en="waiting for your approval"),
    "tell.state.waiting": Both(fr="en attente", en="waiting"),
    "tell.state.sending": Both(fr="en cours d'envoi", en="being sent"),
    "tell.state.submitted": Both(fr="accepté, en traitement", en="accepted, being processed"),
    "tell.state.doubtful": Both(fr="envoi à vérifier", en="sending to be verified"),
    "tell.state.delivered": Both(fr="transmis, à classer", en="delivered, to be filed"),
    "tell.state.archived": Both(fr="transmis et archivé", en="delivered and archived"),
    "tell.state.kept": Both(fr="transmis, laissé sur place", en="delivered, left in place"),
    "tell.state.duplicate": Both(fr="doublon", en="duplicate"),
    "tell.state.non_transmis": Both(fr="Non transmis", en="Not sent"),
    "tell.state.acknowledged": Both(fr="vu, non transmis", en="seen, not sent"),
    "tell.state.withdrawn": Both(fr="retiré du dossier", en="withdrawn from the folder"),
    "tell.state.rejected": Both(fr="refusé par le cabinet", en="rejected by the firm"),
    # the daemon and the destinations
    "tell.daemon": Both(fr="Service", en="Service"),
    "tell.daemon.running": Both(
        fr="en marche depuis le {since} (processus {pid})", en="running since {since} (process {pid})"
    ),
    "tell.daemon.starting": Both(fr="en marche (processus {pid})", en="running (process {pid})"),
    "tell.daemon.stopped": Both(fr="arrêté", en="stopped"),
    "tell.daemon.stopped_since": Both(fr="arrêté ; dernier passage le {last}", en="stopped; last round {last}"),
    "tell.watch": Both(fr="Surveillance", en="Watching"),
    "tell.watch.folders": Both(
        fr="{folders} {folders:?dossier|dossiers}, mode {mode}, dernier passage le {last}",
        en="{folders} {folders:?folder|folders}, mode {mode}, last look {last}",
    ),
    "tell.destination": Both(fr="Destination", en="Destination"),
    "tell.destination.up": Both(fr="en service", en="up"),
    "tell.destination.paused": Both(
        fr="en pause, nouvel essai le {until} : {reason}", en="paused, next try {until}: {reason}"
    ),
    "tell.destination.down": Both(fr="arrêtée, à corriger : {reason}", en="down, to be mended: {reason}"),
    "tell.destination.unknown": Both(fr="pas encore interrogée", en="not asked yet"),
    "tell.clients": Both(fr="Clients", en="Clients"),
    "tell.clients.counts": Both(
        fr="{enabled} {enabled:?activé|activés}, {mapped} {mapped:?relié|reliés} à un dossier",
        en="{enabled} enabled, {mapped} mapped to a dossier",
    ),
    "tell.clients.unmapped": Both(
        fr="{unmapped} {unmapped:?client sans dossier : ses documents attendent|clients sans dossier : leurs documents attendent}"
        " (« pushdoc map » dit pourquoi)",
        en="{unmapped} {unmapped:?client|clients} without a dossier: their documents wait (`pushdoc map` says why)",
    ),
    "tell.documents": Both(fr="Documents", en="Documents"),
    "tell.documents.none": Both(fr="aucun document pour l'instant", en="no document yet"),
    "tell.oldest": Both(
        fr="le plus ancien attend depuis {age:length}", en="the oldest has been waiting for {age:length}"
    ),
    "tell.rule": Both(fr="Règle", en="Rule"),
    "tell.delivered": Both(fr="Transmis", en="Delivered"),
    "tell.non_transmis": Both(fr="Non transmis", en="Not sent"),
    "tell.last_delivered": Both(fr="Dernier transmis", en="Last delivered"),
    "tell.attention": Both(fr="À voir", en="To look at"),
    "tell.attention.more": Both(
        fr="… et {count} {count:?autre|autres} : pushdoc list --state non_transmis",
        en="… and {count} more: pushdoc list --state non_transmis",
    ),
    "tell.attention.help": Both(
        fr="détail : pushdoc show N° ; renvoyer : pushdoc retry N° ; classer sans suite : pushdoc ack N° --reason …",
        en="details: pushdoc show ID; send again: pushdoc retry ID; set aside: pushdoc ack ID --reason …",
    ),
    "tell.no_ledger": Both(
        fr="pushdoc n'a encore rien fait avec ces règles : le registre {path} n'existe pas",
        en="pushdoc has done nothing with these rules yet: there is no ledger {path}",
    ),
    # columns of list, lines of show
    "tell.column.id": Both(fr="N°", en="ID"),
    "tell.column.state": Both(fr="État", en="State"),
    "tell.column.client": Both(fr="Client", en="Client"),
    "tell.column.name": Both(fr="Document", en="Document"),
    "tell.column.reason": Both(fr="Motif", en="Reason"),
    "tell.column.first_seen": Both(fr="Vu le", en="Seen"),
    "tell.column.siret": Both(fr="SIRET", en="SIRET"),
    "tell.column.verdict": Both(fr="Résultat", en="Result"),
    "tell.column.dossier": Both(fr="Dossier", en="Dossier"),
    "tell.list.none": Both(fr="aucun document ne correspond", en="no document fits"),
    "tell.show.title": Both(fr="Document n° {id!s} : {name}", en="Document {id!s}: {name}"),
    "tell.show.state": Both(fr="État", en="State"),
    "tell.show.why": Both(fr="Motif", en="Why"),
    "tell.show.todo": Both(fr="Que faire", en="What to do"),
    "tell.show.client": Both(fr="Client", en="Client"),
    "tell.show.rule": Both(fr="Règle", en="Rule"),
    "tell.show.type": Both(fr="Type", en="Type"),
    "tell.show.period": Both(fr="Période", en="Period"),
    "tell.show.path": Both(fr="Déposé dans", en="Dropped in"),
    "tell.show.archive_path": Both(fr="Archivé dans", en="Archived in"),
    "tell.show.destination": Both(fr="Destination", en="Destination"),
    "tell.show.receipt": Both(fr="Reçu sous le n°", en="Received as"),
    "tell.show.next_attempt": Both(fr="Prochain essai", en="Next try"),
    "tell.show.size": Both(fr="Taille", en="Size"),
    "tell.show.duplicate_of": Both(fr="Doublon de", en="Duplicate of"),
    "tell.show.history": Both(fr="Histoire", en="History"),
    "tell.show.none": Both(fr="aucun document ne répond à « {sought} »", en="no document answers to “{sought}”"),
    "tell.show.none.advice": Both(
        fr="donnez son numéro (« pushdoc list »), son chemin, ou une partie de son nom ; « pushdoc where CHEMIN » dit si une "
        "règle le prend",
        en="give its number (`pushdoc list`), its path, or a part of its name; `pushdoc where PATH` says whether a rule "
        "takes it",
    ),
    # what happens to a document
    "tell.event.entered": Both(fr="vu, complet ({size:bytes})", en="seen, whole ({size:bytes})"),
    "tell.event.held for a person": Both(
        fr="vu, complet ; attend votre accord", en="seen, whole; waits for your approval"
    ),
    "tell.event.found in the archive": Both(fr="retrouvé dans l'archive", en="found in the archive"),
    "tell.event.released": Both(fr="envoi autorisé", en="released"),
    "tell.event.rejected": Both(fr="refusé par le cabinet", en="rejected by the firm"),
    "tell.event.retried": Both(fr="remis en attente d'envoi", en="queued to be sent again"),
    "tell.event.asked again": Both(
        fr="la destination sera interrogée de nouveau", en="the destination will be asked again"
    ),
    "tell.event.acknowledged": Both(fr="vu par le cabinet, sorti des listes", en="seen by the firm, off the lists"),
    "tell.event.claimed": Both(fr="envoi commencé", en="sending began"),
    "tell.event.delivered": Both(fr="transmis, reçu sous le n° {receipt}", en="delivered, received as {receipt}"),
    "tell.event.accepted": Both(
        fr="accepté sous le n° {receipt}, en traitement", en="accepted as {receipt}, being processed"
    ),
    "tell.event.delayed": Both(fr="reporté", en="delayed"),
    "tell.event.in doubt": Both(fr="envoi à vérifier", en="sending to be verified"),
    "tell.event.refused": Both(fr="Non transmis", en="not sent"),
    "tell.event.already there": Both(fr="doublon, pas renvoyé", en="duplicate, not sent again"),
    "tell.event.withdrawn": Both(fr="retiré du dossier de dépôt", en="withdrawn from the drop folder"),
    "tell.event.archived": Both(fr="archivé : {path}", en="archived: {path}"),
    "tell.event.handed over": Both(
        fr="repris par la règle « {rule} » telle qu'elle est maintenant",
        en="handed over to the rule “{rule}” as it is now",
    ),
    "tell.event.kept in place": Both(fr="laissé sur place", en="left in place"),
    "tell.event.followed": Both(fr="la destination annonce : {status}", en="the destination says: {status}"),
}
