"""What the commands say of themselves, in their help and when they are used wrongly."""

from pushdoc.words.phrase import Both

PHRASES = {
    "cli.pushdoc": Both(
        fr="""Transmet à Inqom les documents déposés dans MyCompanyFiles, et n'en perd aucun.

Pour commencer : « pushdoc demo » montre tout en une fois ; « pushdoc check » dit ce qui manque à votre installation ; « pushdoc status » dit où en sont les documents.

Codes de sortie : 0 tout va bien, 1 quelqu'un doit s'en occuper, 2 commande mal employée, 69 destination injoignable, 75 à réessayer plus tard (un autre pushdoc travaille), 78 configuration incorrecte.""",
        en="""Sends the documents dropped in MyCompanyFiles to Inqom, and loses none.

To begin: `pushdoc demo` shows everything in one go; `pushdoc check` says what your set-up lacks; `pushdoc status` says how the documents stand.

Exit codes: 0 fine, 1 something needs a person, 2 wrong use, 69 a destination cannot be reached, 75 try later (another pushdoc works), 78 the configuration is wrong.""",
    ),
    "cli.version": Both(fr="Affiche la version et s'arrête.", en="Show the version and exit."),
    "cli.config": Both(
        fr="Fichier de règles ; sinon $PUSHDOC_RULES, ./rules.toml, /etc/pushdoc/rules.toml.",
        en="Rules file; else $PUSHDOC_RULES, ./rules.toml, /etc/pushdoc/rules.toml.",
    ),
    "cli.json": Both(fr="Réponse en JSON.", en="Answer in JSON."),
    "cli.log": Both(fr="Détail du journal, sur la sortie d'erreur.", en="How much is logged, on standard error."),
    "cli.run": Both(
        fr="Le service : surveille les dossiers et envoie. Jusqu'à Ctrl-C ou SIGTERM ; SIGHUP : tout revoir maintenant.",
        en="The service: watches the folders and sends. Until Ctrl-C or SIGTERM; SIGHUP: look at everything now.",
    ),
    "cli.once": Both(
        fr="Un passage complet sur tous les dossiers, puis s'arrête. Pour cron, ou pour essayer.",
        en="One complete pass over all drop folders, then ends. For cron, or for trying.",
    ),
    "cli.once.wait": Both(
        fr="Attendre qu'il n'y ait plus rien à envoyer dans les prochaines minutes.",
        en="Wait until nothing is due within the next minutes.",
    ),
    "cli.once.done": Both(
        fr="{delivered} {delivered:?transmis|transmis}, {duplicate} {duplicate:?doublon|doublons}, {non_transmis} {non_transmis:?non transmis|non transmis}, {waiting} en attente",
        en="{delivered} delivered, {duplicate} {duplicate:?duplicate|duplicates}, {non_transmis} not sent, {waiting} waiting",
    ),
    "cli.reconcile": Both(
        fr="Après la perte du registre : retrouve ce qui a été envoyé. Les archives sont relues ; ce qui est encore dans les dossiers de dépôt sera demandé à la destination avant tout nouvel envoi.",
        en="After the ledger was lost: finds out what was sent. The archives are read; what still lies in drop folders is asked about at the destination before anything is sent again.",
    ),
    "cli.reconcile.done": Both(
        fr="{archived} {archived:?document retrouvé|documents retrouvés} dans les archives, {doubtful} à vérifier auprès de la destination au prochain passage",
        en="{archived} {archived:?document|documents} found in the archives, {doubtful} to be asked about at the next pass",
    ),
    "cli.ledger": Both(fr="Prend soin du registre.", en="Cares for the ledger."),
    "cli.ledger.check": Both(fr="Vérifie que le registre est intact.", en="Checks that the ledger is sound."),
    "cli.ledger.sound": Both(fr="le registre {path} est intact", en="the ledger {path} is sound"),
    "cli.ledger.backup": Both(
        fr="Copie le registre, même pendant que pushdoc travaille.", en="Copies the ledger, also while pushdoc works."
    ),
    "cli.ledger.copied": Both(fr="copié dans {path} ({size:bytes})", en="copied to {path} ({size:bytes})"),
    "cli.progress": Both(fr="Envoi", en="Sending"),
    "cli.demo": Both(
        fr="Montre tout en une fois, sans rien installer ni régler. Un Inqom local, des clients, de vrais documents (certains faits pour échouer), l'envoi, l'archivage, les marques « Non transmis » et l'état.",
        en="Everything in one go, nothing to install or configure. A local Inqom, clients, real documents (some meant to fail), sending, archiving, the marks « Non transmis » and the status.",
    ),
    "cli.demo.keep": Both(
        fr="Garder dans ce dossier les clients, les règles et le registre, pour regarder et recommencer.",
        en="Keep clients, rules and ledger in this folder, to look at and run again.",
    ),
    "cli.demo.documents": Both(fr="Nombre de documents à déposer.", en="How many documents are dropped."),
    "cli.sandbox": Both(
        fr="Un Inqom local pour essayer. Mêmes adresses, mêmes réponses, pannes sur demande.",
        en="A local stand-in of Inqom for trying. Same addresses, same answers, faults on demand.",
    ),
    "cli.sandbox.port": Both(
        fr="Port sur cette machine ; 0 : un port libre.", en="Port on this machine; 0: a free one."
    ),
    "cli.sandbox.folders": Both(
        fr="Dossiers comptables à tenir (TOML, JSON ou CSV) ; sinon ceux de la démonstration.",
        en="Accounting folders to hold (TOML, JSON or CSV); else those of the demo.",
    ),
    "cli.sandbox.latency": Both(fr="Millisecondes avant chaque réponse.", en="Milliseconds before each answer."),
    "cli.sandbox.fault": Both(
        fr="Panne à provoquer : une part des requêtes (503=0.1) ou les suivantes (429=next:3). Connues : {kinds}",
        en="Fault to provoke: a share of the requests (503=0.1) or the next ones (429=next:3). Known: {kinds}",
    ),
    "cli.sandbox.record": Both(
        fr="Ajouter une ligne JSON par document reçu à ce fichier.",
        en="Add a JSON line for each received document to this file.",
    ),
    "cli.sandbox.ready": Both(
        fr="Inqom local : {url} (compte {username}, mot de passe {password}, client {client_id}, secret {client_secret}). Ctrl-C pour arrêter.",
        en="Local Inqom: {url} (account {username}, password {password}, client {client_id}, secret {client_secret}). Ctrl-C stops it.",
    ),
    "cli.check": Both(
        fr="Regarde tout ce qui doit être en ordre, et dit quoi faire. Une ligne par point.",
        en="Everything that must be right, with what to do. One line each.",
    ),
    "cli.check.offline": Both(
        fr="Sans interroger les destinations ni la messagerie.",
        en="Without asking the destinations or the mail server.",
    ),
    "cli.check.all": Both(
        fr="Chaque point sur sa ligne, au lieu d'un exemple et du nombre des autres.",
        en="Each thing on its line, instead of one and the number of the others.",
    ),
    "cli.map": Both(
        fr="Le dossier comptable de chaque client, ou pourquoi aucun. Par le SIRET seulement.",
        en="Each client's dossier, or why there is none. By SIRET only.",
    ),
    "cli.where": Both(
        fr="Quelle règle prend ce chemin, ou pourquoi aucune. Avec le client, le type et la période.",
        en="Which rule takes this path, or why none does. With the client, type and period.",
    ),
    "cli.where.ignored": Both(
        fr="un fichier de ce nom ({name}) n'est jamais pris : fichier temporaire, verrou ou marque",
        en="a file of this name ({name}) is never taken: a temporary file, a lock or a mark",
    ),
    "cli.where.ignored.advice": Both(
        fr="renommez-le si c'est un vrai document", en="rename it if it is a real document"
    ),
    "cli.where.stays": Both(fr="(reste sur place)", en="(stays in place)"),
    "cli.status": Both(
        fr="Où en est tout : service, destinations, clients, documents.",
        en="How things stand: service, destinations, clients, documents.",
    ),
    "cli.list": Both(fr="Les documents, une ligne chacun.", en="Documents, a line each."),
    "cli.list.state": Both(fr="Seulement ceux dans cet état.", en="Only those in this state."),
    "cli.list.client": Both(
        fr="Seulement ceux de ce client (son dossier).", en="Only those of this client (its folder)."
    ),
    "cli.list.rule": Both(fr="Seulement ceux de cette règle.", en="Only those of this rule."),
    "cli.list.since": Both(
        fr="Seulement ceux vus depuis : 2026-11-20, 2026-11-20T07:00, ou un âge : 90m, 12h, 3d.",
        en="Only those seen since: 2026-11-20, 2026-11-20T07:00, or an age: 90m, 12h, 3d.",
    ),
    "cli.list.since_wrong": Both(
        fr="« {read} » n'est ni une date ni un âge", en="“{read}” is neither a date nor an age"
    ),
    "cli.list.since_wrong.advice": Both(
        fr="écrivez par exemple 2026-11-20, 2026-11-20T07:00, 12h ou 3d",
        en="write for example 2026-11-20, 2026-11-20T07:00, 12h or 3d",
    ),
    "cli.list.csv": Both(fr="Tableau CSV pour un tableur.", en="CSV table for a spreadsheet."),
    "cli.show": Both(
        fr="Toute la vie d'un document. Il est trouvé par son numéro, son chemin, son empreinte SHA-256 ou une partie de son nom.",
        en="One document's whole life. It is found by its number, path, SHA-256 or a part of its name.",
    ),
    "cli.retry": Both(
        fr="Renvoie des documents « Non transmis ». Par numéro, par client, ou tous.",
        en="Sends documents « Non transmis » again. By number, by client, or all.",
    ),
    "cli.retry.client": Both(fr="Tous ceux de ce client (son dossier).", en="All those of this client (its folder)."),
    "cli.retry.all": Both(fr="Tous.", en="All of them."),
    "cli.retry.force": Both(
        fr="Aussi un doublon, un document dont on ignore s'il est arrivé (il y sera peut-être deux fois), ou un "
        "document dont la règle refuse le contenu.",
        en="Also a duplicate, a document that may have arrived (it may be there twice then), or one whose content its "
        "rule refuses.",
    ),
    "cli.retry.which": Both(fr="donnez des numéros, ou --client, ou --all", en="give numbers, or --client, or --all"),
    "cli.retry.done": Both(
        fr="{count} {count:?document remis|documents remis} en attente d'envoi",
        en="{count} {count:?document|documents} queued to be sent",
    ),
    "cli.ack": Both(
        fr="Classe sans suite des documents « Non transmis ». Ils sortent des listes et restent dans l'histoire.",
        en="Sets documents « Non transmis » aside. They leave the lists and stay in the history.",
    ),
    "cli.ack.done": Both(
        fr="{count} {count:?document classé|documents classés} sans suite",
        en="{count} {count:?document|documents} set aside",
    ),
    "cli.reason": Both(fr="Pourquoi, en quelques mots.", en="Why, in a few words."),
    "cli.release": Both(
        fr="Autorise l'envoi de documents retenus. Ce sont ceux qui attendent votre accord (hold = true).",
        en="Lets held documents be sent. Those that wait for your approval (hold = true).",
    ),
    "cli.release.done": Both(
        fr="{count} {count:?document autorisé|documents autorisés}", en="{count} {count:?document|documents} released"
    ),
    "cli.reject": Both(
        fr="Refuse des documents retenus : ils ne partiront pas. Ce sont ceux qui attendent votre accord (hold = true).",
        en="Rejects held documents: they are never sent. Those that wait for your approval (hold = true).",
    ),
    "cli.reject.done": Both(
        fr="{count} {count:?document refusé|documents refusés}", en="{count} {count:?document|documents} rejected"
    ),
}
