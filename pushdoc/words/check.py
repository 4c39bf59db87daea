"""What `check` says."""

from pushdoc.words.phrase import Both

_SCREEN = {
    "check.group.rules": Both(fr="Règles et clients", en="Rules and clients"),
    "check.group.secrets": Both(fr="Secrets", en="Secrets"),
    "check.group.clock": Both(fr="Heure", en="Time"),
    "check.group.folders": Both(fr="Dossiers des clients", en="Clients' folders"),
    "check.group.watch": Both(fr="Surveillance", en="Watch"),
    "check.group.space": Both(fr="Place sur les disques", en="Room on the disks"),
    "check.group.ledger": Both(fr="Registre", en="Ledger"),
    "check.group.daemon": Both(fr="pushdoc au travail", en="pushdoc at work"),
    "check.group.connection": Both(fr="Connexion", en="Connection"),
    "check.group.mapping": Both(fr="Dossiers comptables", en="Dossiers"),
    "check.group.mail": Both(fr="Messagerie", en="Mail"),
    "check.alike": Both(
        fr="de même pour {count} {count:?autre|autres} : {names}", en="the same for {count} more: {names}"
    ),
    "check.alike_all": Both(fr="« pushdoc check --all » les montre tous", en="`pushdoc check --all` shows them all"),
    "check.all_fine": Both(fr="Tout est en ordre.", en="All is well."),
    "check.only_warnings": Both(
        fr="Rien n'empêche l'envoi ; {warnings} {warnings:?point mérite|points méritent} votre attention (!).",
        en="Nothing keeps documents from leaving; {warnings} {warnings:?thing deserves|things deserve} a look (!).",
    ),
    "check.faults": Both(
        fr="{faults} {faults:?défaut|défauts} à corriger (✗), {warnings} {warnings:?point|points} à regarder (!).",
        en="{faults} {faults:?fault|faults} to mend (✗), {warnings} {warnings:?thing|things} to look at (!).",
    ),
}

_WRITING = {
    "check.rules": Both(
        fr="règles : {file}, {rules} {rules:?règle|règles}, {clients} {clients:?client activé|clients activés}",
        en="rules: {file}, {rules} {rules:?rule|rules}, {clients} {clients:?client|clients} enabled",
    ),
    "check.no_client": Both(
        fr="aucun client n'est activé ({known} {known:?connu|connus}) : rien ne sera surveillé",
        en="no client is enabled ({known} known): nothing will be watched",
    ),
    "check.no_client.advice": Both(
        fr="« pushdoc init » les choisit ; ou corrigez only sous [clients] et enabled sous [[client]]",
        en="`pushdoc init` selects them; or mend only under [clients] and enabled under [[client]]",
    ),
    "check.rules_open": Both(
        fr="tout le monde peut changer {file} (droits {mode}), donc où partent les documents",
        en="everybody may change {file} (mode {mode}), and so where documents go",
    ),
    "check.rules_open.advice": Both(fr="Tapez : chmod o-w {file}", en="Type: chmod o-w {file}"),
    "check.pattern_of_nobody": Both(
        fr="{where} : aucun client ne correspond à « {name} »", en="{where}: no client fits “{name}”"
    ),
    "check.pattern_of_nobody.advice": Both(
        fr="Corrigez le modèle ; s'il attend des clients à venir, laissez-le",
        en="Mend the pattern; where it waits for clients to come, leave it",
    ),
    "check.name_of_nobody": Both(
        fr="{where} : aucun client ne s'appelle « {name} »", en="{where}: no client is called “{name}”"
    ),
    "check.name_of_nobody.advice": Both(
        fr="Écrivez le dossier du client comme dans la table (« pushdoc map » les montre), ou enlevez ce nom",
        en="Write the client's folder as the table has it (`pushdoc map` shows them), or take the name out",
    ),
    "check.name_of_nobody_near": Both(
        fr="{where} : aucun client ne s'appelle « {name} » (peut-être « {near} » ?)",
        en="{where}: no client is called “{name}” (perhaps “{near}”?)",
    ),
    "check.name_of_nobody_near.advice": Both(
        fr="Écrivez « {near} » à la place, ou enlevez ce nom", en="Write “{near}” instead, or take the name out"
    ),
    "check.expenses_only": Both(
        fr="règle « {rule} » : {key} n'a d'effet que pour « {expected} »",
        en="rule “{rule}”: {key} has an effect on “{expected}” only",
    ),
    "check.expenses_only.advice": Both(
        fr="Enlevez cette ligne, ou corrigez le type de la règle", en="Take that line out, or mend the rule's type"
    ),
    "check.cannot_read_pdf": Both(
        fr="règle « {rule} » : encrypted = refuse, mais rien ici ne peut dire si un PDF demande un mot de passe ; tous "
        "seront envoyés",
        en="rule “{rule}”: encrypted = refuse, but nothing here can tell whether a PDF needs a password; all are sent",
    ),
    "check.cannot_read_pdf.advice": Both(
        fr="Installez l'option « pdf » : pip install 'pushdoc[pdf]'", en="Install the extra: pip install 'pushdoc[pdf]'"
    ),
    "check.done_is_ignored": Both(
        fr="règle « {rule} » : un fichier nommé « {done} » n'est jamais vu, rien ne serait envoyé",
        en="rule “{rule}”: a file named “{done}” is never seen, nothing would be sent",
    ),
    "check.done_is_ignored.advice": Both(
        fr="Choisissez un nom qui ne commence ni par un point ni par ~$ et ne finit pas comme un fichier temporaire "
        "(.tmp, .part…) : .ok, par exemple",
        en="Choose a name that begins neither with a dot nor with ~$ and does not end like a temporary file (.tmp, "
        ".part…): .ok, for example",
    ),
}

_RIGHTS = {
    "check.rights_of_service": Both(
        fr="vérifié avec les droits de « {user} », le compte du service",
        en="looked at with the rights of “{user}”, the service's account",
    ),
    "check.rights_of_another": Both(
        fr="vérifié avec les droits de « {ours} », alors que le service a ceux de « {user} »",
        en="looked at with the rights of “{ours}”, while the service has those of “{user}”",
    ),
    "check.rights_of_another.advice": Both(fr="Tapez : sudo pushdoc check", en="Type: sudo pushdoc check"),
    "check.no_such_user": Both(
        fr="le compte « {user} », par lequel le service est installé, n'existe pas",
        en="the account “{user}”, by which the service is installed, does not exist",
    ),
    "check.no_such_user.advice": Both(
        fr="Tapez en tant que root : pushdoc service install, qui le crée", en="Type as root: pushdoc service install"
    ),
    "check.secret": Both(fr="{key} : trouvé ({reference})", en="{key}: found ({reference})"),
    "check.secret_of_this_shell": Both(
        fr="{key} : {reference} est une variable de votre session, que le service n'a pas",
        en="{key}: {reference} is a variable of your session, which the service does not have",
    ),
    "check.secret_of_this_shell.advice": Both(
        fr="Mettez le secret dans « credentials » à côté des règles et écrivez credential:{name}, ou donnez la variable au "
        "service (systemctl edit pushdoc)",
        en="Put the secret into “credentials” beside the rules and write credential:{name}, or give the variable to the "
        "service (systemctl edit pushdoc)",
    ),
    "check.secret_can_be_swapped": Both(
        fr="{key} : {reference} est dans un dossier où d'autres peuvent le remplacer : {folder} (droits {mode})",
        en="{key}: {reference} lies in a folder where others can put another in its place: {folder} (mode {mode})",
    ),
    "check.secret_can_be_swapped.advice": Both(fr="Tapez : chmod go-w {folder}", en="Type: chmod go-w {folder}"),
}

_CLOCK = {
    "check.clock": Both(fr="fuseau {zone} : nous sommes le {now:time}", en="time zone {zone}: it is {now:time}"),
    "check.clock_wrong": Both(
        fr="l'horloge de la machine dit {now:time} : les mois surveillés seraient faux, et aucun certificat ne serait valable",
        en="the machine's clock says {now:time}: the wrong months would be watched, and no certificate would be valid",
    ),
    "check.clock_wrong.advice": Both(
        fr="Mettez-la à l'heure : timedatectl set-ntp true, puis timedatectl status",
        en="Set it: timedatectl set-ntp true, then timedatectl status",
    ),
    "check.clock_adrift": Both(
        fr="l'horloge n'a pas encore été réglée sur un serveur de temps (systemd-timesyncd)",
        en="the clock has not been set by a time server yet (systemd-timesyncd)",
    ),
    "check.clock_adrift.advice": Both(
        fr="Tapez : timedatectl timesync-status ; le port UDP 123 doit être ouvert vers le serveur de temps",
        en="Type: timedatectl timesync-status; UDP port 123 must be open towards the time server",
    ),
    "check.clock_went_back": Both(
        fr="pushdoc a laissé une note datée du {last:time}, dans le futur : l'horloge a reculé",
        en="pushdoc has left a note of {last:time}, in the future: the clock was set back",
    ),
    "check.clock_went_back.advice": Both(
        fr="Vérifiez l'heure (timedatectl status), puis : systemctl restart pushdoc",
        en="See to the hour (timedatectl status), then: systemctl restart pushdoc",
    ),
}

_FOLDERS = {
    "check.root": Both(fr="racine : {path}, sur un disque de cette machine", en="root: {path}, on this machine's disk"),
    "check.root_remote": Both(
        fr="racine : {path}, sur un partage réseau (relu à intervalle régulier)",
        en="root: {path}, on a network share (looked at at intervals)",
    ),
    "check.root_missing": Both(
        fr="le dossier des clients {path} n'existe pas", en="the clients' folder {path} does not exist"
    ),
    "check.root_missing.advice": Both(
        fr="Corrigez root sous [clients], ou montez le partage", en="Mend root under [clients], or mount the share"
    ),
    "check.root_without_sign": Both(
        fr="pushdoc ne peut pas écrire dans la racine {path} : {sign}, qui empêche un autre registre de tout renvoyer, n'y "
        "sera pas tenu à jour",
        en="pushdoc cannot write in the root {path}: {sign}, which keeps another ledger from sending all again, will not "
        "be kept up to date there",
    ),
    "check.root_without_sign.advice": Both(
        fr="Donnez au compte de pushdoc le droit d'écrire dans ce dossier (celui-là seul)",
        en="Give pushdoc's account the right to write in that folder (in that one alone)",
    ),
    "check.root_empty": Both(
        fr="la racine {path} est vide, alors que le registre connaît des documents : le partage n'est sans doute pas monté",
        en="the root {path} is empty, while the ledger knows documents: the share is probably not mounted",
    ),
    "check.root_empty.advice": Both(
        fr="Montez le disque ou le partage (mount {path}) ; rien n'est envoyé ni tenu pour supprimé en attendant",
        en="Mount the disk or share (mount {path}); nothing is sent or taken for deleted meanwhile",
    ),
    "check.client_folders": Both(
        fr="{count} {count:?dossier de client présent|dossiers de clients présents}",
        en="{count} {count:?client's folder is|clients' folders are} there",
    ),
    "check.client_missing": Both(
        fr="le client « {client} » n'a pas encore de dossier", en="the client “{client}” has no folder yet"
    ),
    "check.client_missing.advice": Both(
        fr="Vérifiez l'orthographe dans la table, ou créez le dossier sous la racine",
        en="See to the spelling in the table, or make the folder beneath the root",
    ),
    "check.client_missing_near": Both(
        fr="le client « {client} » n'a pas de dossier ; sur le disque, « {near} » n'est à aucun client",
        en="the client “{client}” has no folder; on the disk, “{near}” is no client's",
    ),
    "check.client_missing_near.advice": Both(
        fr="Corrigez le nom dans la table, ou renommez le dossier : les deux doivent être les mêmes, lettre pour lettre",
        en="Mend the name in the table, or rename the folder: both must be the same, letter by letter",
    ),
    "check.not_looked_at": Both(
        fr="le dossier de « {client} » n'a pas été regardé : trop d'autres ne répondent pas",
        en="the folder of “{client}” was not looked at: too many others do not answer",
    ),
    "check.not_looked_at.advice": Both(
        fr="Rétablissez le partage, puis recommencez", en="Bring the share back, then try again"
    ),
    "check.drops": Both(
        fr="dossiers de dépôt : {count} en ordre, {missing} de ce mois pas encore créés (« pushdoc folders --create » les crée)",
        en="drop folders: {count} in order, {missing} of this month not made yet (`pushdoc folders --create` makes them)",
    ),
    "check.drops_all": Both(fr="dossiers de dépôt : {count} en ordre", en="drop folders: {count} in order"),
    "check.drop_nowhere": Both(
        fr="règle « {rule} » : aucun client n'a de dossier {drop}, ni ce mois-ci ni les mois précédents",
        en="rule “{rule}”: no client has a folder {drop}, neither this month nor in those before",
    ),
    "check.drop_nowhere.advice": Both(
        fr="Vérifiez l'orthographe de drop ; si elle est juste : pushdoc folders --create",
        en="See to the spelling of drop; if it is right: pushdoc folders --create",
    ),
    "check.cannot_read": Both(
        fr="{user} n'a pas le droit de lire « {folder} » : rien n'en sera envoyé",
        en="{user} may not read “{folder}”: nothing of it will be sent",
    ),
    "check.cannot_read.advice": Both(
        fr="Tapez : setfacl -R -m u:{user}:rwX,d:u:{user}:rwX {quoted} (sur un partage : le droit de modifier)",
        en="Type: setfacl -R -m u:{user}:rwX,d:u:{user}:rwX {quoted} (on a share: the right to modify)",
    ),
    "check.cannot_move": Both(
        fr="{user} n'a pas le droit de retirer un document de « {folder} » : il serait envoyé, mais jamais classé ni marqué",
        en="{user} may not take a document out of “{folder}”: it would be sent, but never filed or marked",
    ),
    "check.cannot_move.advice": Both(
        fr="Tapez : setfacl -R -m u:{user}:rwX,d:u:{user}:rwX {quoted} (sur un partage : le droit de modifier)",
        en="Type: setfacl -R -m u:{user}:rwX,d:u:{user}:rwX {quoted} (on a share: the right to modify)",
    ),
    "check.sticky": Both(
        fr="« {folder} » ne laisse chacun retirer que ses propres fichiers (sticky bit) : {user} ne pourrait pas classer "
        "ceux des autres",
        en="“{folder}” lets everyone take away their own files only (sticky bit): {user} could not file other people's",
    ),
    "check.sticky.advice": Both(fr="Tapez : chmod -t {quoted}", en="Type: chmod -t {quoted}"),
    "check.cannot_archive": Both(
        fr="{user} n'a pas le droit d'écrire dans « {folder} », où doivent aller les documents envoyés",
        en="{user} may not write in “{folder}”, where sent documents are to go",
    ),
    "check.cannot_archive.advice": Both(
        fr="Tapez : setfacl -R -m u:{user}:rwX,d:u:{user}:rwX {quoted} (sur un partage : le droit de modifier)",
        en="Type: setfacl -R -m u:{user}:rwX,d:u:{user}:rwX {quoted} (on a share: the right to modify)",
    ),
    "check.archives": Both(
        fr="archives : {count} {count:?chemin prêt|chemins prêts}, sur le même disque que leur dépôt",
        en="archives: {count} {count:?path|paths} ready, on the same disk as their drop folder",
    ),
    "check.other_disk": Both(
        fr="l'archive « {folder} » est sur un autre disque que « {drop} » : chaque document y est copié, non déplacé",
        en="the archive “{folder}” is on another disk than “{drop}”: each document is copied there, not moved",
    ),
    "check.other_disk.advice": Both(
        fr="Rien d'obligatoire : c'est seulement plus lent ; une archive sur le même disque ou partage l'évite",
        en="Nothing has to be done: it is only slower; an archive on the same disk or share avoids it",
    ),
    "check.same_folder": Both(
        fr="« {client} » et « {other} » sont un seul et même dossier : les documents de l'un iraient chez l'autre",
        en="“{client}” and “{other}” are one and the same folder: one's documents would go to the other",
    ),
    "check.same_folder.advice": Both(
        fr="Gardez un seul des deux dans la table, et enlevez le montage ou le lien qui les confond",
        en="Keep one of the two in the table, and take away the mount or the link that makes them one",
    ),
    "check.client_in_drop": Both(
        fr="le dossier du client « {client} » est dans un dossier de dépôt de « {other} » (règle « {rule} »)",
        en="the folder of the client “{client}” lies in a drop folder of “{other}” (rule “{rule}”)",
    ),
    "check.client_in_drop.advice": Both(
        fr="Déplacez-le, ou enlevez subfolders de cette règle : ses documents iraient chez « {other} »",
        en="Move it, or take subfolders out of that rule: its documents would go to “{other}”",
    ),
    "check.destination_in_drop": Both(
        fr="{destination} : {path} est un dossier de dépôt : ce qui y est envoyé serait repris et renvoyé",
        en="{destination}: {path} is a drop folder: what is sent there would be taken and sent again",
    ),
    "check.destination_in_drop.advice": Both(
        fr="Donnez à cette destination un dossier hors des dossiers des clients",
        en="Give this destination a folder outside the clients' folders",
    ),
    "check.ledger_among_clients": Both(
        fr="le registre {path} est parmi les dossiers des clients, à la vue de tous",
        en="the ledger {path} lies among the clients' folders, for all to see",
    ),
    "check.ledger_among_clients.advice": Both(
        fr="Arrêtez pushdoc, déplacez le registre dans /var/lib/pushdoc et corrigez url sous [ledger]",
        en="Stop pushdoc, move the ledger to /var/lib/pushdoc and mend url under [ledger]",
    ),
}

_WATCH = {
    "check.watching": Both(
        fr="surveillance immédiate de {needed} {needed:?dossier|dossiers}, et passage toutes les {rescan:length}",
        en="{needed} {needed:?folder|folders} watched at once, and looked at every {rescan:length}",
    ),
    "check.polling": Both(fr="passage toutes les {rescan:length}", en="looked at every {rescan:length}"),
    "check.events_on_share": Both(
        fr="mode = events, mais la racine est sur un partage : ce que les autres machines y déposent n'y est pas signalé",
        en="mode = events, but the root lies on a share: nobody tells of what other machines drop there",
    ),
    "check.events_on_share.advice": Both(
        fr='Écrivez mode = "auto" sous [watch] ; en attendant, tout est vu par le passage toutes les {rescan:length}',
        en='Write mode = "auto" under [watch]; until then all is seen by the look every {rescan:length}',
    ),
    "check.watch_limit": Both(
        fr="{needed} dossiers à surveiller, mais la machine n'accorde que {granted} surveillances immédiates",
        en="{needed} folders to watch, but the machine grants {granted} immediate watches only",
    ),
    "check.watch_limit.advice": Both(
        fr="Tapez en tant que root : sysctl -w fs.inotify.max_user_watches={enough}, et inscrivez-le dans /etc/sysctl.d ; "
        "rien n'est perdu en attendant, mais tout est vu plus tard",
        en="Type as root: sysctl -w fs.inotify.max_user_watches={enough}, and write it in /etc/sysctl.d; nothing is lost "
        "until then, but it is seen later",
    ),
}

_SPACE = {
    "check.disk": Both(
        fr="{path} : {free:bytes} libres sur {size:bytes}", en="{path}: {free:bytes} of {size:bytes} free"
    ),
    "check.disk_low": Both(
        fr="{path} : plus que {free:bytes} libres sur {size:bytes}", en="{path}: only {free:bytes} of {size:bytes} free"
    ),
    "check.disk_low.advice": Both(
        fr="Faites de la place (df -h {path}) : sous {little:bytes}, une journée de documents peut remplir le disque",
        en="Make room (df -h {path}): below {little:bytes}, a day's documents may fill the disk",
    ),
    "check.disk_full": Both(
        fr="{path} : plus de place ({free:bytes} libres sur {size:bytes})",
        en="{path}: no room left ({free:bytes} of {size:bytes} free)",
    ),
    "check.disk_full.advice": Both(
        fr="Faites de la place (df -h {path}) : sous {least:bytes}, ni le registre ni un grand document n'est sûr d'y tenir",
        en="Make room (df -h {path}): below {least:bytes}, neither the ledger nor a large document is sure to fit",
    ),
    "check.no_more_files": Both(
        fr="{path} : ce disque ne peut plus contenir un seul fichier (inodes)",
        en="{path}: this disk takes not one file more (inodes)",
    ),
    "check.no_more_files.advice": Both(
        fr="Supprimez des petits fichiers inutiles (df -i {path})",
        en="Delete small files that nobody needs (df -i {path})",
    ),
}

_LEDGER = {
    "check.ledger": Both(fr="registre : {path}", en="ledger: {path}"),
    "check.ledger_held": Both(
        fr="registre : {path}, utilisé par pushdoc (processus {pid})",
        en="ledger: {path}, in use by pushdoc (process {pid})",
    ),
    "check.ledger_on_share": Both(
        fr="le registre {path} est sur un partage ({kind}) : un partage ne garantit ni les verrous ni l'écriture",
        en="the ledger {path} lies on a share ({kind}), which promises neither locks nor that what is written stays",
    ),
    "check.ledger_on_share.advice": Both(
        fr='Écrivez url = "sqlite:////var/lib/pushdoc/pushdoc.db" sous [ledger] ; si ce registre a déjà servi, arrêtez '
        "pushdoc et copiez-le là d'abord",
        en='Write url = "sqlite:////var/lib/pushdoc/pushdoc.db" under [ledger]; where this ledger has been used, stop '
        "pushdoc and copy it there first",
    ),
    "check.ledger_unsound": Both(
        fr="le registre {path} est endommagé : {said}", en="the ledger {path} is damaged: {said}"
    ),
    "check.ledger_unsound.advice": Both(
        fr="Arrêtez pushdoc, remettez une sauvegarde, puis lancez « pushdoc reconcile »",
        en="Stop pushdoc, restore a backup, then run `pushdoc reconcile`",
    ),
    "check.at_work": Both(
        fr="en marche depuis le {since:time} (processus {pid})", en="at work since {since:time} (process {pid})"
    ),
    "check.not_at_work": Both(fr="le service est installé, mais arrêté", en="the service is installed, but stopped"),
    "check.not_at_work.advice": Both(
        fr="Tapez : systemctl start pushdoc, puis systemctl status pushdoc",
        en="Type: systemctl start pushdoc, then systemctl status pushdoc",
    ),
    "check.no_sign_of_life": Both(
        fr="pushdoc (processus {pid}) ne donne plus signe de vie depuis {long:length}",
        en="pushdoc (process {pid}) has given no sign of life for {long:length}",
    ),
    "check.no_sign_of_life.advice": Both(
        fr="Regardez pourquoi (journalctl -u pushdoc -n 50), puis : systemctl restart pushdoc",
        en="See why (journalctl -u pushdoc -n 50), then: systemctl restart pushdoc",
    ),
    "check.rules_refused": Both(
        fr="pushdoc a refusé le {at:time} les règles de {file} : les anciennes s'appliquent",
        en="pushdoc refused the rules of {file} at {at:time}: the older ones are in force",
    ),
    "check.rules_refused.advice": Both(
        fr="Corrigez ce qui est dit ci-dessous, puis tapez : systemctl reload pushdoc",
        en="Mend what is told below, then type: systemctl reload pushdoc",
    ),
    "check.older_rules": Both(
        fr="{file} a changé le {written:time}, après que pushdoc l'a lu ({since:time}) : les anciennes règles s'appliquent",
        en="{file} was changed at {written:time}, after pushdoc read it ({since:time}): the older rules are in force",
    ),
    "check.older_rules.advice": Both(fr="Tapez : systemctl reload pushdoc", en="Type: systemctl reload pushdoc"),
}

_CONNECTION = {
    "check.pace": Both(
        fr="{destination} : {wanted} requêtes par seconde demandées, le service en permet {allowed}",
        en="{destination}: {wanted} requests a second asked for, the service allows {allowed}",
    ),
    "check.pace.advice": Both(
        fr="Baissez requests_per_second, sinon le service refusera des requêtes",
        en="Lower requests_per_second, or the service will turn requests away",
    ),
    "check.in_clear": Both(
        fr="{destination} : {key} = {url}, sans chiffrement : mot de passe et documents y passeraient en clair",
        en="{destination}: {key} = {url}, not encrypted: password and documents would go there in clear",
    ),
    "check.in_clear.advice": Both(fr="Écrivez https:// à la place de http://", en="Write https:// instead of http://"),
    "check.destination": Both(fr="{destination} : connexion établie", en="{destination}: connected"),
    "check.destination_lists": Both(
        fr="{destination} : connexion établie, {dossiers} {dossiers:?dossier comptable visible|dossiers comptables visibles}",
        en="{destination}: connected, {dossiers} {dossiers:?dossier|dossiers} visible",
    ),
    "check.mapped": Both(
        fr="{destination} : {mapped} {mapped:?client relié|clients reliés} à un dossier sur {enabled}",
        en="{destination}: {mapped} of {enabled} {enabled:?client|clients} mapped to a dossier",
    ),
}

_MAIL = {
    "check.no_mail": Both(
        fr="aucune : sans [mail], aucun courriel ne part", en="none: without [mail], no mail is sent"
    ),
    "check.mail_for_nobody": Both(
        fr="[mail] est là, mais aucun [[collaborator]] ne reçoit le courriel quotidien",
        en="[mail] is there, but no [[collaborator]] gets the daily mail",
    ),
    "check.mail_for_nobody.advice": Both(
        fr="Ajoutez un [[collaborator]] avec son adresse, ou enlevez [mail]",
        en="Add a [[collaborator]] with an address, or take [mail] out",
    ),
    "check.mail_in_clear": Both(
        fr='security = "none" : le mot de passe de la messagerie passerait en clair jusqu\'à {host}',
        en='security = "none": the mail password would go to {host} in clear',
    ),
    "check.mail_in_clear.advice": Both(
        fr='Écrivez port = 587 et security = "starttls" (ou 465 et "tls") sous [mail]',
        en='Write port = 587 and security = "starttls" (or 465 and "tls") under [mail]',
    ),
    "check.mail_server": Both(
        fr="{server} : connexion établie, l'expéditeur {sender} est accepté (aucun courriel n'est parti)",
        en="{server}: connected, the sender {sender} is accepted (no mail was sent)",
    ),
}

PHRASES = _SCREEN | _WRITING | _RIGHTS | _CLOCK | _FOLDERS | _WATCH | _SPACE | _LEDGER | _CONNECTION | _MAIL
