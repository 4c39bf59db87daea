"""What the commands say of themselves, in their help and when they are used wrongly."""

from pushdoc.words.phrase import Both

PHRASES = {
    "cli.pushdoc": Both(
        fr="""Transmet à Inqom les documents déposés dans MyCompanyFiles, et n'en perd aucun.

Pour commencer : « pushdoc demo » montre tout en une fois ; « pushdoc check » dit ce qui manque à votre installation ; « pushdoc status » dit où en sont les documents.

Un document n'est pas parti ? « pushdoc show » suivi d'une partie de son nom dit pourquoi ; « pushdoc list --state non_transmis » les montre tous ; « pushdoc retry » suivi de son numéro le renvoie. « pushdoc where » suivi de son chemin dit si une règle le prend.

Codes de sortie : 0 tout va bien, 1 quelqu'un doit s'en occuper, 2 commande mal employée, 69 destination injoignable, 75 à réessayer plus tard (un autre pushdoc travaille), 78 configuration incorrecte.""",
        en="""Sends the documents dropped in MyCompanyFiles to Inqom, and loses none.

To begin: `pushdoc demo` shows everything in one go; `pushdoc check` says what your set-up lacks; `pushdoc status` says how the documents stand.

A document did not leave? `pushdoc show` with a part of its name says why; `pushdoc list --state non_transmis` shows them all; `pushdoc retry` with its number sends it again. `pushdoc where` with its path says whether a rule takes it.

Exit codes: 0 fine, 1 something needs a person, 2 wrong use, 69 a destination cannot be reached, 75 try later (another pushdoc works), 78 the configuration is wrong.""",
    ),
    "cli.version": Both(fr="Affiche la version et s'arrête.", en="Show the version and exit."),
    "cli.config": Both(
        fr="Fichier de règles ; sinon $PUSHDOC_RULES, ./rules.toml, /etc/pushdoc/rules.toml.",
        en="Rules file; else $PUSHDOC_RULES, ./rules.toml, /etc/pushdoc/rules.toml.",
    ),
    "cli.json": Both(fr="Réponse en JSON.", en="Answer in JSON."),
    "cli.log": Both(
        fr="Détail du journal, sur la sortie d'erreur. Sinon `run` suit [log] des règles, et `once` ne dit que les alertes.",
        en="How much is logged, on standard error. Else `run` goes by [log] of the rules, and `once` logs warnings only.",
    ),
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
        fr="Renommez-le si c'est un vrai document", en="Rename it if it is a real document"
    ),
    "cli.where.stays": Both(fr="(reste sur place)", en="(stays in place)"),
    "cli.status": Both(
        fr="Où en est tout, ce qui ne va pas d'abord. Les documents « Non transmis », pourquoi et que faire ; le service, "
        "les destinations, les clients.",
        en="How things stand, what is wrong first. The documents that were not sent, why and what to do; the service, "
        "destinations, clients.",
    ),
    "cli.status.watch": Both(
        fr="Renouveler toutes les deux secondes, jusqu'à Ctrl-C.", en="Again every two seconds, until Ctrl-C."
    ),
    "cli.status.no_answer": Both(fr="pas de réponse pour l'instant : {reason}", en="no answer for now: {reason}"),
    "cli.list": Both(
        fr="Les documents, une ligne chacun, les derniers d'abord. Avec --state non_transmis : ceux qui ne sont pas partis, "
        "et pourquoi.",
        en="Documents, a line each, the latest first. With --state non_transmis: those that did not leave, and why.",
    ),
    "cli.list.state": Both(
        fr="Seulement ceux dans cet état : non_transmis, waiting, archived… ou en français, « en attente ».",
        en="Only those in this state: non_transmis, waiting, archived, or as the list says it, “not sent”.",
    ),
    "cli.list.state_wrong": Both(
        fr="« {read} » n'est pas un état ; connus : {known}", en="“{read}” is no state; known: {known}"
    ),
    "cli.list.open": Both(
        fr="Seulement ceux qui ne sont pas encore partis, ou pas encore classés.",
        en="Only those that have not left yet, or are not filed yet.",
    ),
    "cli.list.client": Both(
        fr="Seulement ceux de ce client : son dossier, une partie de son nom, ou un motif (SCI*).",
        en="Only those of this client: its folder, a part of its name, or a pattern (SCI*).",
    ),
    "cli.list.rule": Both(
        fr="Seulement ceux de cette règle : son nom ou une partie.",
        en="Only those of this rule: its name or a part of it.",
    ),
    "cli.list.no_rule": Both(fr="aucune règle ne s'appelle « {read} »", en="no rule is called “{read}”"),
    "cli.list.no_rule.advice": Both(fr="Il y a : {rules}", en="There are: {rules}"),
    "cli.list.limit": Both(fr="Au plus N documents.", en="At most N documents."),
    "cli.list.reverse": Both(fr="Les plus anciens d'abord.", en="The oldest first."),
    "cli.list.since": Both(
        fr="Seulement ceux vus depuis : 2026-11-20, 2026-11-20T07:00, ou un âge : 90m, 12h, 3d.",
        en="Only those seen since: 2026-11-20, 2026-11-20T07:00, or an age: 90m, 12h, 3d.",
    ),
    "cli.list.since_wrong": Both(
        fr="« {read} » n'est ni une date ni un âge", en="“{read}” is neither a date nor an age"
    ),
    "cli.list.since_wrong.advice": Both(
        fr="Écrivez par exemple 2026-11-20, 2026-11-20T07:00, 12h ou 3d",
        en="Write for example 2026-11-20, 2026-11-20T07:00, 12h or 3d",
    ),
    "cli.list.csv": Both(
        fr="Tableau CSV, qui s'ouvre d'un double clic dans un tableur.",
        en="CSV table that a spreadsheet opens by a double click.",
    ),
    "cli.show": Both(
        fr="Pourquoi un document n'est pas parti, et toute sa vie. Ce qui lui est arrivé, et ce qui vient ensuite. Il est "
        "trouvé par son numéro, son chemin, une partie de son nom (majuscules et accents indifférents), le nom de sa "
        "marque « Non transmis », ou le début de son empreinte SHA-256.",
        en="Why a document did not leave, and its whole life. What happened to it, and what comes next. It is found by "
        "its number, path, a part of its name (whatever the case and accents), the name of its mark « Non transmis », or "
        "the beginning of its SHA-256.",
    ),
    "cli.retry": Both(
        fr="Renvoie des documents « Non transmis ». Par numéro, par client, ou tous.",
        en="Sends documents « Non transmis » again. By number, by client, or all.",
    ),
    "cli.retry.all": Both(fr="Tous.", en="All of them."),
    "cli.retry.force": Both(
        fr="Aussi un doublon, un document dont on ignore s'il est arrivé (il y sera peut-être deux fois), ou un "
        "document dont la règle refuse le contenu.",
        en="Also a duplicate, a document that may have arrived (it may be there twice then), or one whose content its "
        "rule refuses.",
    ),
    "cli.decide.client": Both(
        fr='Tous ceux de ce client : son dossier, une partie de son nom, ou un motif ("SCI *"). Peut être répété.',
        en='All those of this client: its folder, a part of its name, or a pattern ("SCI *"). May be repeated.',
    ),
    "cli.decide.which": Both(
        fr="donnez des numéros (« pushdoc list --state non_transmis » les montre), ou --client, ou --all",
        en="give numbers (`pushdoc list --state non_transmis` shows them), or --client, or --all",
    ),
    "cli.retry.done": Both(
        fr="{count} {count:?document remis|documents remis} en attente d'envoi",
        en="{count} {count:?document|documents} queued to be sent",
    ),
    "cli.ack": Both(
        fr="Classe sans suite des documents « Non transmis ». Ils sortent des listes et restent dans l'histoire.",
        en="Sets documents « Non transmis » aside. They leave the lists and stay in the history.",
    ),
    "cli.ack.all": Both(fr="Tous.", en="All of them."),
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
