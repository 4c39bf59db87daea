"""What the mails at once say, and the line that systemd shows."""

from pushdoc.words.phrase import Both

PHRASES = {
    # subjects, the result first; what follows {others} is said of one thing and, in one word, of the rest
    "alerts.subject": Both(fr="[pushdoc] {title}", en="[pushdoc] {title}"),
    "alerts.subject_of_several": Both(
        fr="[pushdoc] {title} – et {others} {others:?autre alerte|autres alertes}",
        en="[pushdoc] {title} – and {others} more {others:?alert|alerts}",
    ),
    # what has begun
    "alerts.down": Both(fr="{subject} arrêté : {reason}", en="{subject} is down: {reason}"),
    "alerts.paused": Both(fr="{subject} en panne : {reason}", en="{subject} is in trouble: {reason}"),
    "alerts.share": Both(fr="dossiers hors d'atteinte : {subject}", en="folders out of reach: {subject}"),
    "alerts.folder": Both(
        fr="{count} {count:?dossier ou fichier illisible|dossiers ou fichiers illisibles} : {subject}",
        en="{count} {count:?folder or file|folders or files} cannot be read: {subject}",
    ),
    "alerts.disk": Both(fr="disque presque plein : {subject}", en="disk nearly full: {subject}"),
    "alerts.client": Both(
        fr="{count} {count:?client|clients} sans dossier chez {destination} : {subject}",
        en="{count} {count:?client|clients} without a dossier at {destination}: {subject}",
    ),
    "alerts.rules": Both(fr="nouvelles règles refusées : {reason}", en="new rules refused: {reason}"),
    # what is over
    "alerts.down.over": Both(
        fr="{subject} de nouveau en service ({lasted:length})", en="{subject} is up again ({lasted:length})"
    ),
    "alerts.paused.over": Both(
        fr="{subject} de nouveau en service ({lasted:length})", en="{subject} is up again ({lasted:length})"
    ),
    "alerts.share.over": Both(
        fr="dossiers de nouveau accessibles : {subject} ({lasted:length})",
        en="folders within reach again: {subject} ({lasted:length})",
    ),
    "alerts.folder.over": Both(
        fr="dossiers de nouveau lisibles : {subject} ({lasted:length})",
        en="folders can be read again: {subject} ({lasted:length})",
    ),
    "alerts.disk.over": Both(
        fr="de nouveau de la place sur le disque : {subject} ({lasted:length})",
        en="room on the disk again: {subject} ({lasted:length})",
    ),
    "alerts.client.over": Both(
        fr="{count} {count:?client relié à son dossier|clients reliés à leur dossier} chez {destination} : {subject}",
        en="{count} {count:?client|clients} mapped to a dossier at {destination}: {subject}",
    ),
    "alerts.rules.over": Both(
        fr="les règles sont de nouveau en ordre ({lasted:length})", en="the rules are in order again ({lasted:length})"
    ),
    # why, where the watch and the destinations do not say it themselves
    "alerts.disk_low": Both(
        fr="Il ne reste que {free:bytes} sur ce disque (alerte au-dessous de {wanted:bytes}) : {path}",
        en="Only {free:bytes} are free on this disk (told below {wanted:bytes}): {path}",
    ),
    "alerts.disk_low.advice": Both(
        fr="Faites de la place, ou agrandissez le disque. Le seuil est « free » sous [alerts].",
        en="Make room, or a larger disk. The limit is `free` under [alerts].",
    ),
    "alerts.no_more_files": Both(
        fr="Le disque ne prend plus aucun fichier, même s'il lui reste de la place (inodes épuisés) : {path}",
        en="The disk takes no more files, though there may be room (no inodes left): {path}",
    ),
    "alerts.no_more_files.advice": Both(
        fr="Supprimez de petits fichiers inutiles (« df -i » montre lesquels des disques sont pleins).",
        en="Delete small files that nobody needs (`df -i` shows which disks are full).",
    ),
    "alerts.unmapped": Both(fr="Aucun dossier ne lui correspond", en="No dossier fits it"),
    # the facts
    "alerts.label": Both(fr="{name} :", en="{name}:"),
    "alerts.fact": Both(fr="{name} : {text}", en="{name}: {text}"),
    "alerts.since": Both(fr="Depuis", en="Since"),
    "alerts.lasted": Both(fr="Durée", en="It lasted"),
    "alerts.from_to": Both(
        fr="{lasted:length}, du {since:time} au {gone:time}", en="{lasted:length}, from {since:time} to {gone:time}"
    ),
    "alerts.at": Both(fr="{since:time}", en="{since:time}"),
    "alerts.why": Both(fr="Pourquoi", en="Why"),
    "alerts.meaning": Both(fr="Pour les documents", en="For documents"),
    "alerts.todo": Both(fr="Que faire", en="What to do"),
    "alerts.look": Both(fr="Pour regarder de plus près", en="To look closer"),
    "alerts.place": Both(fr="Où", en="Where"),
    "alerts.clients": Both(fr="Clients", en="Clients"),
    "alerts.more": Both(fr="… et {count} {count:?autre|autres}", en="… and {count} more"),
    "alerts.other_folders": Both(
        fr="{path} – et {count} autre{count:?|s} dans le même cas", en="{path} – and {count} more likewise"
    ),
    # what it means for documents
    "alerts.down.meaning": Both(
        fr="Ils attendent, aucun n'est perdu, et ils partent d'eux-mêmes dès que c'est corrigé.",
        en="They wait, none is lost, and they leave by themselves as soon as it is mended.",
    ),
    "alerts.paused.meaning": Both(
        fr="Ils attendent, aucun n'est perdu : pushdoc réessaie sans cesse, et ils partent d'eux-mêmes dès que le service "
        "répond.",
        en="They wait, none is lost: pushdoc keeps trying, and they leave by themselves as soon as the service answers.",
    ),
    "alerts.waiting": Both(
        fr="{text} En attente pour l'instant : {count}.",
        en="{text} Waiting at the moment: {count}.",
    ),
    "alerts.share.meaning": Both(
        fr="Ce qui est déposé là n'est ni vu ni envoyé en attendant. Rien n'est tenu pour supprimé, rien n'est perdu, et "
        "les autres dossiers continuent.",
        en="What is dropped there is neither seen nor sent meanwhile. Nothing is taken for deleted, nothing is lost, and "
        "other folders go on.",
    ),
    "alerts.folder.meaning": Both(
        fr="Ce qui est déposé là n'est ni vu ni envoyé en attendant. Rien n'est perdu, et les autres dossiers continuent.",
        en="What is dropped there is neither seen nor sent meanwhile. Nothing is lost, and other folders go on.",
    ),
    "alerts.disk.meaning": Both(
        fr="Tout continue pour l'instant. Une fois le disque plein, plus rien n'est envoyé ni archivé : les documents restent "
        "où ils sont, aucun n'est perdu.",
        en="All goes on for now. Once the disk is full, nothing is sent or archived any more: documents stay where they "
        "are, none is lost.",
    ),
    "alerts.client.meaning": Both(
        fr="Les documents de {count:?ce client|ces clients} attendent. Aucun n'est perdu : ils partent d'eux-mêmes dès que "
        "le dossier est trouvé.",
        en="The documents of {count:?this client|these clients} wait. None is lost: they leave by themselves as soon as "
        "the dossier is found.",
    ),
    "alerts.rules.meaning": Both(
        fr="pushdoc continue avec les anciennes règles ; rien de ce qui a été changé n'est encore en vigueur.",
        en="pushdoc goes on by the old rules; nothing of what was changed is in force yet.",
    ),
    "alerts.down.over.meaning": Both(
        fr="Ceux qui attendaient partent d'eux-mêmes.", en="Those that waited leave by themselves."
    ),
    "alerts.share.over.meaning": Both(
        fr="Ce qui y a été déposé entre-temps est pris maintenant.", en="What was dropped there meanwhile is taken now."
    ),
    "alerts.client.over.meaning": Both(
        fr="Leurs documents qui attendaient partent d'eux-mêmes.", en="Their documents that waited leave by themselves."
    ),
    # what to do, where the reason has no advice of its own
    "alerts.down.todo": Both(
        fr="Corrigez la cause ; pushdoc réessaie toutes les cinq minutes, et tout de suite après « systemctl reload pushdoc ».",
        en="Mend the cause; pushdoc tries every five minutes, and at once after `systemctl reload pushdoc`.",
    ),
    "alerts.paused.todo": Both(
        fr="Rien, si le service est en panne : pushdoc reprend de lui-même. Si cela dure, vérifiez l'accès de cette machine "
        "à Internet.",
        en="Nothing where the service has a fault: pushdoc goes on by itself. If it lasts, see to this machine's access to "
        "the Internet.",
    ),
    "alerts.client.todo": Both(
        fr="Corrigez le SIRET du client dans vos règles, ou celui du dossier dans le logiciel comptable.",
        en="Mend the client's SIRET in your rules, or the dossier's in the accounting software.",
    ),
    "alerts.rules.todo": Both(
        fr="Corrigez le fichier (« pushdoc check » dit tout ce qui ne va pas), puis : systemctl reload pushdoc",
        en="Mend the file (`pushdoc check` says all that is wrong), then: systemctl reload pushdoc",
    ),
    "alerts.footer": Both(
        fr="Un message quand un problème commence, un autre quand il est fini. pushdoc {version} sur {host} ; « pushdoc "
        "status » dit le reste.",
        en="One mail when trouble begins, another when it is over. pushdoc {version} on {host}; `pushdoc status` tells the "
        "rest.",
    ),
    # the line that systemd shows
    "alerts.line.and": Both(fr="{first} ; {then}", en="{first}; {then}"),
    "alerts.line.non_transmis": Both(fr="{count} non transmis", en="{count} not sent"),
    "alerts.line.waiting": Both(fr="{count} en attente", en="{count} waiting"),
    "alerts.line.fine": Both(fr="rien en attente", en="nothing waits"),
    "alerts.line.more": Both(
        fr="{title} – et {others} {others:?autre alerte|autres alertes}",
        en="{title} – and {others} more {others:?alert|alerts}",
    ),
    "alerts.line.folders": Both(
        fr="{count} {count:?dossier surveillé|dossiers surveillés}", en="{count} {count:?folder|folders} watched"
    ),
    "alerts.line.mail": Both(
        fr="{count} {count:?message non parti|messages non partis} ({reason})",
        en="{count} {count:?mail|mails} not sent ({reason})",
    ),
    "alerts.line.ledger": Both(
        fr="le registre ne peut pas être écrit : {reason}", en="the ledger cannot be written: {reason}"
    ),
}
