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
    "tell.destination.paused": Both(
        fr="en pause, nouvel essai le {until} : {reason}", en="paused, next try {until}: {reason}"
    ),
    "tell.destination.down": Both(fr="arrêtée, à corriger : {reason}", en="down, to be mended: {reason}"),
    "tell.destination.is.up": Both(fr="en service", en="up"),
    "tell.destination.is.paused": Both(fr="en pause", en="paused"),
    "tell.destination.is.down": Both(fr="arrêtée, à corriger", en="down, to be mended"),
    "tell.destination.is.unknown": Both(fr="pas encore interrogée", en="not asked yet"),
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
    "tell.fine": Both(fr="rien ne demande votre attention", en="nothing needs you"),
    "tell.attention": Both(fr="À voir", en="To look at"),
    "tell.attention.documents": Both(
        fr="{count} {count:?document « Non transmis »|documents « Non transmis »}",
        en="{count} {count:?document|documents} not sent",
    ),
    "tell.attention.more": Both(
        fr="… et {count} {count:?autre|autres} : pushdoc list --state non_transmis",
        en="… and {count} more: pushdoc list --state non_transmis",
    ),
    "tell.attention.help": Both(
        fr="détail : pushdoc show N° ; renvoyer : pushdoc retry N° ; classer sans suite : pushdoc ack N° --reason …",
        en="details: pushdoc show ID; send again: pushdoc retry ID; set aside: pushdoc ack ID --reason …",
    ),
    "tell.attention.held": Both(
        fr="{count} {count:?document attend|documents attendent} votre accord",
        en="{count} {count:?document waits|documents wait} for your approval",
    ),
    "tell.attention.held.advice": Both(
        fr="Les voir : pushdoc list --state held ; envoyer : pushdoc release N° ; refuser : pushdoc reject N° --reason …",
        en="See them: pushdoc list --state held; send: pushdoc release ID; reject: pushdoc reject ID --reason …",
    ),
    "tell.attention.stopped": Both(
        fr="le service est arrêté : {count} {count:?document attend|documents attendent} le prochain passage (pushdoc run, ou pushdoc once)",
        en="the service is stopped: {count} {count:?document waits|documents wait} for the next pass (pushdoc run, or pushdoc once)",
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
    "tell.show.next": Both(fr="Ensuite", en="Next"),
    "tell.show.client": Both(fr="Client", en="Client"),
    "tell.show.rule": Both(fr="Règle", en="Rule"),
    "tell.show.type": Both(fr="Type", en="Type"),
    "tell.show.period": Both(fr="Période", en="Period"),
    "tell.show.path": Both(fr="Déposé dans", en="Dropped in"),
    "tell.show.archive_path": Both(fr="Archivé dans", en="Archived in"),
    "tell.show.destination": Both(fr="Destination", en="Destination"),
    "tell.show.receipt": Both(fr="Reçu sous le n°", en="Received as"),
    "tell.show.try": Both(fr="essai n° {number}", en="try {number}"),
    "tell.show.size": Both(fr="Taille", en="Size"),
    "tell.show.duplicate_of": Both(fr="Doublon de", en="Duplicate of"),
    "tell.show.history": Both(fr="Histoire", en="History"),
    "tell.show.none": Both(fr="aucun document ne répond à « {sought} »", en="no document answers to “{sought}”"),
    "tell.show.none.advice": Both(
        fr="Donnez son numéro (« pushdoc list »), son chemin, ou une partie de son nom ; « pushdoc where CHEMIN » dit si une "
        "règle le prend",
        en="Give its number (`pushdoc list`), its path, or a part of its name; `pushdoc where PATH` says whether a rule "
        "takes it",
    ),
    "tell.show.several": Both(
        fr="{count} documents répondent à « {sought} » : choisissez par le numéro, « pushdoc show N° »",
        en="{count} documents answer to “{sought}”: choose by number, `pushdoc show ID`",
    ),
    "tell.show.too_many": Both(
        fr="beaucoup de documents répondent à « {sought} » ; voici les {count} derniers. Précisez, ou choisissez par le "
        "numéro : « pushdoc show N° »",
        en="many documents answer to “{sought}”; these are the latest {count}. Say more, or choose by number: `pushdoc "
        "show ID`",
    ),
    # what happens to it next
    "tell.next.waiting": Both(fr="partira au prochain passage.", en="leaves at the next round."),
    "tell.next.waiting_until": Both(fr="nouvel essai le {at:time}.", en="next try {at:time}."),
    "tell.next.unmapped": Both(
        fr="attend que son client soit relié à un dossier comptable (« pushdoc map »), puis partira de lui-même.",
        en="waits until its client is mapped to a dossier (`pushdoc map`), then leaves by itself.",
    ),
    "tell.next.destination_down": Both(
        fr="attend que la destination {destination} soit remise en service (« pushdoc status » dit pourquoi), puis partira "
        "de lui-même.",
        en="waits until the destination {destination} is mended (`pushdoc status` says why), then leaves by itself.",
    ),
    "tell.next.destination_paused": Both(
        fr="attend la destination {destination}, en pause ; nouvel essai le {at:time}.",
        en="waits for the destination {destination}, which is paused; next try {at:time}.",
    ),
    "tell.next.sending": Both(fr="l'envoi est en cours.", en="it is being sent."),
    "tell.next.submitted": Both(
        fr="la destination {destination} le traite ; pushdoc lui redemandera ce qu'il en est.",
        en="the destination {destination} processes it; pushdoc will ask what has become of it.",
    ),
    "tell.next.doubtful": Both(
        fr="pushdoc demande à {destination} si le document y est (le {at:time}) ; il n'est renvoyé que s'il n'y est pas.",
        en="pushdoc asks {destination} whether it is there ({at:time}); it is sent again only if it is not.",
    ),
    "tell.next.delivered": Both(fr="sera archivé au prochain passage.", en="is filed at the next round."),
    "tell.next.duplicate": Both(
        fr="sera classé sans être renvoyé, au prochain passage.", en="is filed without being sent, at the next round."
    ),
    "tell.next.duplicate_filed": Both(
        fr="rien : il n'a pas été renvoyé. « pushdoc retry {id} --force » l'envoie quand même.",
        en="nothing: it was not sent again. `pushdoc retry {id} --force` sends it all the same.",
    ),
    "tell.next.non_transmis": Both(
        fr="attend une personne : une fois la cause réglée, « pushdoc retry {id} » le renvoie ; « pushdoc ack {id} "
        "--reason … » le classe sans suite.",
        en="waits for a person: once its cause is mended, `pushdoc retry {id}` sends it again; `pushdoc ack {id} "
        "--reason …` sets it aside.",
    ),
    "tell.next.held": Both(
        fr="attend votre accord : « pushdoc release {id} » l'envoie, « pushdoc reject {id} --reason … » le refuse.",
        en="waits for your approval: `pushdoc release {id}` sends it, `pushdoc reject {id} --reason …` rejects it.",
    ),
    "tell.next.acknowledged": Both(
        fr="rien : classé sans suite. « pushdoc retry {id} » le renvoie quand même.",
        en="nothing: it was set aside. `pushdoc retry {id}` sends it all the same.",
    ),
    "tell.next.end": Both(fr="rien : c'est terminé.", en="nothing: this is the end of it."),
    "tell.next.not_running": Both(
        fr="Le service est arrêté : « pushdoc run » le lance, « pushdoc once » fait un seul passage.",
        en="The service is stopped: `pushdoc run` starts it, `pushdoc once` makes a single pass.",
    ),
    # the heads of a spreadsheet
    "tell.sheet.id": Both(fr="N°", en="Number"),
    "tell.sheet.state": Both(fr="État", en="State"),
    "tell.sheet.client": Both(fr="Client", en="Client"),
    "tell.sheet.siret": Both(fr="SIRET", en="SIRET"),
    "tell.sheet.rule": Both(fr="Règle", en="Rule"),
    "tell.sheet.type": Both(fr="Type", en="Type"),
    "tell.sheet.period": Both(fr="Période", en="Period"),
    "tell.sheet.name": Both(fr="Document", en="Document"),
    "tell.sheet.path": Both(fr="Déposé dans", en="Dropped in"),
    "tell.sheet.size": Both(fr="Taille (octets)", en="Size (bytes)"),
    "tell.sheet.sha256": Both(fr="SHA-256", en="SHA-256"),
    "tell.sheet.destination": Both(fr="Destination", en="Destination"),
    "tell.sheet.dossier": Both(fr="Dossier comptable", en="Dossier"),
    "tell.sheet.receipt": Both(fr="Reçu sous le n°", en="Received as"),
    "tell.sheet.attempts": Both(fr="Essais", en="Tries"),
    "tell.sheet.first_seen": Both(fr="Vu le", en="Seen"),
    "tell.sheet.delivered": Both(fr="Transmis le", en="Delivered"),
    "tell.sheet.filed": Both(fr="Archivé le", en="Filed"),
    "tell.sheet.archive_path": Both(fr="Archivé dans", en="Archived in"),
    "tell.sheet.next_attempt": Both(fr="Prochain essai", en="Next try"),
    "tell.sheet.reason": Both(fr="Motif", en="Reason"),
    "tell.sheet.todo": Both(fr="Que faire", en="What to do"),
    "tell.sheet.duplicate_of": Both(fr="Doublon du n°", en="Duplicate of"),
    "tell.sheet.duplicate_there": Both(fr="Doublon du reçu", en="Duplicate of receipt"),
    "tell.sheet.remote_status": Both(fr="Dit par la destination", en="Said by the destination"),
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
