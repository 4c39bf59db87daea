"""What the assistant of four steps says and asks, and what its command says of itself."""

from pushdoc.words.phrase import Both

PHRASES = {
    "cli.init": Both(
        fr="""Met pushdoc en place, en quatre étapes. Clients, connexion à Inqom, correspondance, chemins.

Chaque réponse est gardée aussitôt : on peut s'arrêter par Ctrl-C et reprendre plus tard, ou revenir sur ce qui est déjà réglé. Rien n'est envoyé. Chaque réponse peut aussi être donnée par une option ; avec --non-interactive, rien n'est demandé.""",
        en="""Sets pushdoc up, in four steps. Clients, connection to Inqom, mapping, paths.

Each answer is kept at once: leave by Ctrl-C and go on later, or come back to what is set already. Nothing is sent. Each answer can be given by an option, too; with --non-interactive nothing is asked.""",
    ),
    "cli.init.root": Both(fr="Le dossier qui contient ceux des clients.", en="The folder that holds the clients'."),
    "cli.init.table": Both(
        fr="L'export de MyCompanyFiles (CSV) ; « - » : aucun. Sinon, celui qui est trouvé à côté.",
        en="MyCompanyFiles' export (CSV); “-”: none. Else the one that is found near.",
    ),
    "cli.init.folder_column": Both(
        fr="La colonne de l'export qui contient le dossier ; sinon, elle est reconnue.",
        en="The export's column of the folders; else it is recognised.",
    ),
    "cli.init.siret_column": Both(
        fr="La colonne de l'export qui contient le SIRET ; sinon, celle qui en a le plus de valides.",
        en="The export's column of the SIRET; else the one with most valid ones.",
    ),
    "cli.init.client": Both(
        fr="Un client à choisir : dossier, nom ou modèle (« SCI * »). Autant de fois qu'il le faut.",
        en="A client to choose: folder, name or pattern (“SCI *”). As often as needed.",
    ),
    "cli.init.all_clients": Both(
        fr="Tous les clients, et ceux que l'export aura plus tard.", en="All clients, and those that come later."
    ),
    "cli.init.username": Both(fr="L'identifiant du compte Inqom.", en="The login of the Inqom account."),
    "cli.init.password_from": Both(
        fr="D'où lire son mot de passe : env:NOM, file:CHEMIN, ou « - » (une ligne de l'entrée standard).",
        en="Where to read its password: env:NAME, file:PATH, or “-” (a line of standard input).",
    ),
    "cli.init.client_id": Both(fr="Le « client id » donné par Inqom.", en="The client id that Inqom gave."),
    "cli.init.client_secret_from": Both(
        fr="D'où lire le « client secret » : comme pour le mot de passe ; avec « - », la ligne d'après.",
        en="Where to read the client secret: as for the password; with “-”, the line after.",
    ),
    "cli.init.api_url": Both(
        fr="L'adresse d'un autre Inqom (« pushdoc sandbox » dit la sienne) ; les deux autres en découlent.",
        en="The address of another Inqom (`pushdoc sandbox` tells its own); the other two follow from it.",
    ),
    "cli.init.token_url": Both(fr="L'adresse qui donne les jetons.", en="The address that gives tokens."),
    "cli.init.documents_url": Both(
        fr="L'adresse du service des documents.", en="The address of the documents service."
    ),
    "cli.init.client_siret": Both(
        fr="Corrige un client : CLIENT=SIRET, ou CLIENT==NUMÉRO pour désigner son dossier Inqom.",
        en="Mends a client: CLIENT=SIRET, or CLIENT==NUMBER to name its Inqom dossier.",
    ),
    "cli.init.rule": Both(
        fr="Une règle : 'drop=Achats/{{millésime}}/{{mois}};type=Facture d'achat;archive=…;name=…'. Sans archive, celle "
        "qui est conseillée ; « archive=- », aucune. Une règle du même nom est changée.",
        en="A rule: 'drop=Achats/{{millésime}}/{{mois}};type=Facture d'achat;archive=…;name=…'. Without archive, the "
        "recommended one; `archive=-`, none. A rule of the same name is changed.",
    ),
    "cli.init.offline": Both(fr="Sans interroger Inqom.", en="Without asking Inqom."),
    "cli.init.non_interactive": Both(
        fr="Ne rien demander : ce que les options ne disent pas garde sa valeur, ou celle qui est proposée.",
        en="Ask nothing: what the options do not say keeps its value, or the one that is proposed.",
    ),
    "cli.init.yes": Both(
        fr="Avec --non-interactive : changer un fichier de règles qui sert déjà.",
        en="With --non-interactive: change a rules file that is in use.",
    ),
    # What ends it
    "assistant.no_terminal": Both(
        fr="pushdoc init pose ses questions dans un terminal, et il n'y en a pas ici",
        en="pushdoc init asks its questions at a terminal, and there is none here",
    ),
    "assistant.no_terminal.advice": Both(
        fr="Lancez-le dans un terminal, ou donnez les réponses par les options et ajoutez --non-interactive",
        en="Start it at a terminal, or give the answers by options and add --non-interactive",
    ),
    "assistant.missing": Both(fr="il manque : {options}", en="missing: {options}"),
    "assistant.missing.advice": Both(
        fr="« pushdoc init --help » dit ce que chaque option attend ; sans --non-interactive, tout est demandé",
        en="`pushdoc init --help` says what each option wants; without --non-interactive everything is asked for",
    ),
    "assistant.option_unfit": Both(fr="{option} {read} : {why}", en="{option} {read}: {why}"),
    "assistant.secret_source": Both(
        fr="{option} : ce n'est pas une source de secret ; et le secret lui-même ne s'écrit pas ici",
        en="{option}: no source of a secret; and the secret itself is not written here",
    ),
    "assistant.secret_source.advice": Both(
        fr="Écrivez env:NOM, file:CHEMIN (un fichier de mode 0600) ou « - »",
        en="Write env:NAME, file:PATH (a file of mode 0600) or “-”",
    ),
    "assistant.correction_form": Both(
        fr="--client-siret {read} : écrivez CLIENT=SIRET, ou CLIENT==NUMÉRO du dossier Inqom",
        en="--client-siret {read}: write CLIENT=SIRET, or CLIENT==NUMBER of the Inqom dossier",
    ),
    "assistant.rule_part": Both(
        fr="--rule : « {part} » n'est pas une partie de règle. Attendu : {keys}, chacune une fois, suivie de = et séparée "
        "par un point-virgule",
        en="--rule: “{part}” is no part of a rule. Expected: {keys}, each once, followed by = and parted by semicolons",
    ),
    "assistant.rule_lacks": Both(fr="--rule {rule} : il manque {keys}", en="--rule {rule}: {keys} missing"),
    "assistant.secret_not_kept": Both(
        fr="le secret ne peut pas être gardé dans {path} : {error}",
        en="the secret cannot be kept in {path}: {error}",
    ),
    "assistant.secret_not_kept.advice": Both(
        fr="Donnez-vous le droit d'écrire dans ce dossier, ou lancez pushdoc init par le compte qui y a droit (sudo)",
        en="Give yourself the right to write in that folder, or start pushdoc init as the account that has it (sudo)",
    ),
    "assistant.not_a_reference": Both(
        fr="ce qui est écrit à la place du secret n'est pas une référence",
        en="what is written in the place of the secret is no reference",
    ),
    "assistant.not_a_reference.advice": Both(
        fr="Donnez le secret de nouveau : pushdoc le range et n'écrit que l'endroit",
        en="Give the secret again: pushdoc puts it away and only writes where",
    ),
    "assistant.rules_appeared": Both(
        fr="{path} est apparu entre-temps : quelqu'un d'autre l'a écrit",
        en="{path} has appeared meanwhile: somebody else wrote it",
    ),
    "assistant.rules_appeared.advice": Both(
        fr="Voyez ce qu'il contient ; pushdoc init reprend ensuite", en="See what it holds; then pushdoc init goes on"
    ),
    "assistant.left": Both(
        fr="Vos réponses sont gardées dans {path} ; « pushdoc init » reprend où vous en étiez.",
        en="Your answers are kept in {path}; `pushdoc init` goes on where you were.",
    ),
    "assistant.left_empty": Both(fr="Rien n'a été changé.", en="Nothing was changed."),
    # The whole
    "assistant.title": Both(fr="Mise en place de pushdoc", en="Setting up pushdoc"),
    "assistant.new": Both(
        fr="Quatre étapes : vos clients, la connexion à Inqom, la correspondance, les chemins. Rien n'est envoyé. Les "
        "règles seront écrites dans {path}.",
        en="Four steps: your clients, the connection to Inqom, the mapping, the paths. Nothing is sent. The rules will be "
        "written to {path}.",
    ),
    "assistant.standing": Both(
        fr="Les règles de {path} sont déjà en place. Rien n'y change sans votre accord.",
        en="The rules in {path} are already in place. Nothing changes there unless you agree.",
    ),
    "assistant.resumed": Both(
        fr="On reprend où vous en étiez : les réponses déjà données sont entre crochets. Règles : {path}",
        en="We go on where you were: the answers given already are in brackets. Rules: {path}",
    ),
    "assistant.outdated": Both(
        fr="{path} a été changé depuis que vous avez laissé des réponses à moitié",
        en="{path} was changed since you left some answers half-way",
    ),
    "assistant.outdated.advice": Both(
        fr="Les reprendre effacerait ce changement", en="To go on with them would undo that change"
    ),
    "assistant.keys": Both(
        fr="Entrée garde la réponse entre crochets, « < » quitte l'étape, Tab complète les chemins, Ctrl-C arrête : tout "
        "est gardé.",
        en="Enter keeps the answer in brackets, “<” leaves the step, Tab completes paths, Ctrl-C stops: everything is "
        "kept.",
    ),
    "assistant.step.1": Both(fr="Étape 1 sur 4 · Clients", en="Step 1 of 4 · Clients"),
    "assistant.step.2": Both(fr="Étape 2 sur 4 · Connexion", en="Step 2 of 4 · Connection"),
    "assistant.step.3": Both(fr="Étape 3 sur 4 · Correspondance", en="Step 3 of 4 · Mapping"),
    "assistant.step.4": Both(fr="Étape 4 sur 4 · Chemins", en="Step 4 of 4 · Paths"),
    "assistant.menu": Both(fr="Où vous en êtes", en="Where you are"),
    "assistant.menu.clients": Both(
        fr="1 Clients : {count} {count:?choisi|choisis} sous {root}", en="1 Clients: {count} chosen beneath {root}"
    ),
    "assistant.menu.no_account": Both(fr="2 Connexion : à compléter", en="2 Connection: to be completed"),
    "assistant.menu.account": Both(
        fr="2 Connexion : {username}, pas encore essayée",
        en="2 Connection: {username}, not tried yet",
    ),
    "assistant.menu.green": Both(fr="2 Connexion : {username}, établie", en="2 Connection: {username}, connected"),
    "assistant.menu.red": Both(fr="2 Connexion : {username}, refusée", en="2 Connection: {username}, refused"),
    "assistant.menu.mapping": Both(fr="3 Correspondance : pas encore vue", en="3 Mapping: not seen yet"),
    "assistant.menu.mapped": Both(
        fr="3 Correspondance : {unmapped} {unmapped:?client|clients} sans dossier Inqom",
        en="3 Mapping: {unmapped} {unmapped:?client|clients} without an Inqom dossier",
    ),
    "assistant.menu.mapped_all": Both(
        fr="3 Correspondance : chaque client a son dossier Inqom", en="3 Mapping: each client has its Inqom dossier"
    ),
    "assistant.menu.paths": Both(
        fr="4 Chemins : {count} {count:?règle|règles}", en="4 Paths: {count} {count:?rule|rules}"
    ),
    "assistant.published": Both(fr="En vigueur dans {path}", en="In force in {path}"),
    "assistant.discarded": Both(fr="Rien n'a été changé.", en="Nothing was changed."),
    "assistant.unfinished": Both(fr="Pas encore prêt", en="Not ready yet"),
    "assistant.kept": Both(
        fr="Vos réponses sont gardées dans {path} ; « pushdoc init » reprend où vous en étiez.",
        en="Your answers are kept in {path}; `pushdoc init` goes on where you were.",
    ),
    "assistant.almost": Both(fr="Presque prêt", en="Almost ready"),
    "assistant.done": Both(fr="C'est prêt", en="Ready"),
    "assistant.next": Both(
        fr="Règles : {path}\n  pushdoc check             vérifie tout, et dit quoi faire\n"
        "  pushdoc once --wait       un premier passage\n"
        "  pushdoc run               le service, ici et maintenant\n"
        "  pushdoc service install   le service, pour de bon\n"
        "Un service qui tourne déjà prend les nouvelles règles par : systemctl reload pushdoc",
        en="Rules: {path}\n  pushdoc check             looks at everything, and says what to do\n"
        "  pushdoc once --wait       a first pass\n"
        "  pushdoc run               the service, here and now\n"
        "  pushdoc service install   the service, for good\n"
        "A service that runs already takes the new rules by: systemctl reload pushdoc",
    ),
    "assistant.more": Both(
        fr="… et {count} {count:?autre|autres} (« + » : la suite)", en="… and {count} more (“+”: the next page)"
    ),
    "assistant.more_files": Both(fr="… et {count} {count:?autre|autres}", en="… and {count} more"),
    "assistant.yes": Both(fr="oui", en="yes"),
    "assistant.no": Both(fr="non", en="no"),
    # What is asked
    "assistant.ask.prompt": Both(fr="{question} :", en="{question}:"),
    "assistant.ask.root": Both(fr="Dossier des clients", en="Clients' folder"),
    "assistant.ask.table": Both(fr="Export de MyCompanyFiles", en="MyCompanyFiles' export"),
    "assistant.ask.folder_column": Both(fr="Colonne du dossier", en="Column of the folder"),
    "assistant.ask.clients": Both(fr="Chercher ou choisir (Entrée : terminé)", en="Search or choose (Enter: done)"),
    "assistant.ask.username": Both(fr="Identifiant Inqom", en="Inqom login"),
    "assistant.ask.password": Both(fr="Mot de passe (rien ne s'affiche)", en="Password (nothing is shown)"),
    "assistant.ask.password_kept": Both(
        fr="Mot de passe (rien ne s'affiche ; Entrée : garder)", en="Password (nothing is shown; Enter: keep it)"
    ),
    "assistant.ask.client_id": Both(fr="Client id", en="Client id"),
    "assistant.ask.client_secret": Both(fr="Client secret (rien ne s'affiche)", en="Client secret (nothing is shown)"),
    "assistant.ask.client_secret_kept": Both(
        fr="Client secret (rien ne s'affiche ; Entrée : garder)", en="Client secret (nothing is shown; Enter: keep it)"
    ),
    "assistant.ask.again": Both(fr="Que faire", en="What now"),
    "assistant.ask.siret_column": Both(fr="Colonne du SIRET", en="Column of the SIRET"),
    "assistant.ask.map": Both(fr="Client à corriger (Entrée : continuer)", en="Client to mend (Enter: go on)"),
    "assistant.ask.correction": Both(fr="Correction (Entrée : laisser)", en="Correction (Enter: leave it)"),
    "assistant.ask.paths": Both(
        fr="Règle à ajouter (+), à changer, à retirer (Entrée : terminé)",
        en="Rule to add (+), change, take away (Enter: done)",
    ),
    "assistant.ask.drop": Both(fr="Chemin de dépôt", en="Drop path"),
    "assistant.ask.variables": Both(
        fr="L'année et le mois changent : écrire {path}", en="Year and month change: write {path}"
    ),
    "assistant.ask.type": Both(fr="Type de document", en="Document type"),
    "assistant.ask.archive": Both(fr="Chemin d'archive (« - » : aucun)", en="Archive path (“-”: none)"),
    "assistant.ask.name": Both(fr="Nom de la règle", en="Name of the rule"),
    "assistant.ask.save": Both(fr="Enregistrer cette règle", en="Save this rule"),
    "assistant.ask.remove": Both(fr="Retirer la règle « {rule} »", en="Take the rule “{rule}” away"),
    "assistant.ask.step": Both(
        fr="Étape à revoir, de 1 à 4 (Entrée : terminer)", en="Step to take again, 1 to 4 (Enter: end)"
    ),
    "assistant.ask.resume": Both(
        fr="Reprendre les réponses laissées à moitié", en="Go on with the answers that were left half-way"
    ),
    "assistant.ask.replace": Both(fr="Changer {path}", en="Change {path}"),
    # What an answer must be
    "assistant.unfit.needed": Both(fr="Il faut une réponse.", en="An answer is needed."),
    "assistant.unfit.unreadable": Both(
        fr="La réponse contient un caractère invisible ou illisible.",
        en="The answer has a character that cannot be seen or read.",
    ),
    "assistant.unfit.yes_or_no": Both(fr="Répondez par oui ou par non.", en="Answer yes or no."),
    "assistant.unfit.one_of": Both(fr="Donnez un numéro de 1 à {last}.", en="Give a number from 1 to {last}."),
    "assistant.unfit.number": Both(
        fr="Les numéros de la liste vont de 1 à {last}.", en="The numbers of the list go from 1 to {last}."
    ),
    "assistant.unfit.root": Both(
        fr="{path} ne peut pas être ouvert comme dossier : {error}", en="{path} cannot be opened as a folder: {error}"
    ),
    "assistant.unfit.root.advice": Both(
        fr="Vérifiez le chemin, et que le partage est monté", en="Check the path, and that the share is mounted"
    ),
    "assistant.unfit.no_client": Both(
        fr="Aucun client ne répond à « {pattern} ».", en="No client answers to “{pattern}”."
    ),
    "assistant.unfit.no_such_client": Both(
        fr="« {read} » n'est ni un numéro de 1 à {last}, ni le dossier d'un client.",
        en="“{read}” is neither a number from 1 to {last} nor a client's folder.",
    ),
    "assistant.unfit.no_such_rule": Both(fr="Aucune règle n'est « {read} ».", en="No rule is “{read}”."),
    "assistant.unfit.rule_twice": Both(
        fr="Une autre règle s'appelle déjà « {rule} ».", en="Another rule is already called “{rule}”."
    ),
    "assistant.unfit.address": Both(
        fr="Une adresse commence par https:// (ou http:// pour un Inqom local) et ne contient pas de mot de passe.",
        en="An address begins with https:// (or http:// for a local Inqom) and holds no password.",
    ),
    "assistant.unfit.no_columns": Both(
        fr="Aucune colonne de cet export n'a de titre à elle seule.",
        en="No column of this export has a title of its own.",
    ),
    "assistant.unfit.correction": Both(
        fr="Ce n'est ni un SIRET ni un numéro de dossier.", en="That is neither a SIRET nor a dossier's number."
    ),
    # 1 Clients
    "assistant.clients.root": Both(
        fr="Dans quel dossier de cette machine sont les dossiers des clients ?",
        en="Which folder of this machine holds the clients' folders?",
    ),
    "assistant.clients.beneath": Both(
        fr="{count} {count:?dossier trouvé|dossiers trouvés}", en="{count} {count:?folder|folders} found"
    ),
    "assistant.clients.unfit": Both(
        fr="{count} {count:?dossier ne peut pas être celui d'un client|dossiers ne peuvent pas être ceux de clients} : "
        "{names}",
        en="{count} {count:?folder|folders} cannot be a client's: {names}",
    ),
    "assistant.clients.unfit.advice": Both(
        fr="Leur nom a un caractère invisible, ou un blanc au bout : renommez-les s'il s'agit de clients",
        en="Their name has an invisible character, or a blank at an end: rename them if they are clients",
    ),
    "assistant.clients.table": Both(
        fr="L'export de MyCompanyFiles (CSV) donne le SIRET de chaque dossier. « - » : je n'en ai pas.",
        en="MyCompanyFiles' export (CSV) gives each folder's SIRET. “-”: I have none.",
    ),
    "assistant.clients.columns": Both(
        fr="Quelle colonne contient le dossier du client ?", en="Which column holds the client's folder?"
    ),
    "assistant.clients.read": Both(
        fr="{table} : {rows} {rows:?ligne|lignes} ; la colonne « {column} » nomme {named} des dossiers trouvés",
        en="{table}: {rows} {rows:?row|rows}; the column “{column}” names {named} of the folders found",
    ),
    "assistant.clients.away": Both(
        fr="{count} {count:?client de l'export n'a|clients de l'export n'ont} pas de dossier ici",
        en="{count} {count:?client|clients} of the export {count:?has|have} no folder here",
    ),
    "assistant.clients.apart": Both(
        fr="{count} {count:?dossier n'est|dossiers ne sont} pas dans l'export",
        en="{count} {count:?folder is|folders are} not in the export",
    ),
    "assistant.clients.nobody": Both(fr="Il n'y a aucun client à choisir.", en="There is no client to choose."),
    "assistant.clients.nobody.advice": Both(
        fr="Donnez un autre dossier, ou un export qui nomme les dossiers",
        en="Give another folder, or an export that names them",
    ),
    "assistant.clients.how": Both(
        fr="Pour quels clients envoyer ? Tapez un nom ou une valeur pour chercher (martin), des numéros pour choisir "
        "(1 3-5), « tout » ou « aucun » pour tous ceux qui sont trouvés, « * » pour tout revoir.",
        en="Which clients to send for? Type a name or a value to search (martin), numbers to choose (1 3-5), “all” or "
        "“none” for everybody who is found, “*” to see all again.",
    ),
    "assistant.clients.all": Both(
        fr="{known} {known:?client|clients}, {chosen} {chosen:?choisi|choisis}",
        en="{known} {known:?client|clients}, {chosen} chosen",
    ),
    "assistant.clients.found": Both(
        fr="« {sought} » : {found} {found:?trouvé|trouvés} sur {known}, {chosen} {chosen:?choisi|choisis} en tout",
        en="“{sought}”: {found} found of {known}, {chosen} chosen in all",
    ),
    "assistant.clients.strays": Both(
        fr="{count} {count:?client a|clients ont} le même nom qu'un client choisi, et {count:?le sera|le seront} aussi : {names}",
        en="{count} {count:?client has|clients have} the same name as one that is chosen, and {count:?is|are}, too: {names}",
    ),
    "assistant.clients.attribute": Both(fr="{title} : {value}", en="{title}: {value}"),
    "assistant.clients.no_folder": Both(fr="pas de dossier ici", en="no folder here"),
    "assistant.unfit.none_chosen": Both(
        fr="Choisissez au moins un client (« tout » : tous).", en="Choose at least one client (“all”: all of them)."
    ),
    "assistant.clients.chosen": Both(
        fr="{chosen} {chosen:?client choisi|clients choisis} sur {known}", en="{chosen} of {known} clients chosen"
    ),
    # 2 Connection
    "assistant.connection.what": Both(
        fr="Le compte Inqom qui dépose les documents (sans double authentification), et les clés données par Inqom. Les "
        "secrets sont rangés à part, lisibles par pushdoc seul.",
        en="The Inqom account that drops the documents (without a second factor), and the keys that Inqom gave. The "
        "secrets are put away apart, where pushdoc alone reads them.",
    ),
    "assistant.connection.trying": Both(fr="Connexion à Inqom…", en="Connecting to Inqom…"),
    "assistant.connection.green": Both(
        fr="Connexion établie : {count} {count:?dossier Inqom visible|dossiers Inqom visibles}",
        en="Connected: {count} Inqom {count:?dossier|dossiers} seen",
    ),
    "assistant.connection.incomplete": Both(
        fr="La connexion est mal réglée dans le fichier de règles", en="The connection is set wrongly in the rules file"
    ),
    "assistant.connection.incomplete.advice": Both(
        fr="« pushdoc check » dit ce qui n'y va pas, ligne par ligne",
        en="`pushdoc check` says what is wrong, line by line",
    ),
    "assistant.connection.offline": Both(
        fr="La connexion n'a pas été essayée (--offline)", en="The connection was not tried (--offline)"
    ),
    "assistant.connection.retype": Both(fr="corriger les réponses", en="mend the answers"),
    "assistant.connection.retry": Both(fr="réessayer", en="try again"),
    "assistant.connection.later": Both(fr="continuer, et y revenir plus tard", en="go on, and come back to it later"),
    # 3 Mapping
    "assistant.mapping.column": Both(
        fr="Quelle colonne de l'export contient le SIRET complet (14 chiffres) ?",
        en="Which column of the export holds the whole SIRET (14 digits)?",
    ),
    "assistant.mapping.tally": Both(
        fr="{column} ({valid} {valid:?SIRET valide|SIRET valides} sur {rows})",
        en="{column} ({valid} valid SIRET of {rows})",
    ),
    "assistant.mapping.rows": Both(
        fr="{count} {count:?ligne de l'export ne peut|lignes de l'export ne peuvent} pas être {count:?lue|lues}",
        en="{count} {count:?row|rows} of the export cannot be read",
    ),
    "assistant.mapping.rows.advice": Both(fr="« pushdoc check » les montre", en="`pushdoc check` shows them"),
    "assistant.mapping.unasked": Both(
        fr="Sans réponse d'Inqom, seuls les SIRET sont vérifiés : {wrong} sur {count} {wrong:?n'est pas valide|ne sont pas valides}",
        en="Without an answer of Inqom only the SIRET are looked at: {wrong} of {count} {wrong:?is|are} not valid",
    ),
    "assistant.mapping.some": Both(
        fr="{mapped} {mapped:?client relié à son dossier|clients reliés à leur dossier} Inqom, {wrong} à voir",
        en="{mapped} {mapped:?client|clients} mapped to an Inqom dossier, {wrong} to be seen to",
    ),
    "assistant.mapping.every": Both(
        fr="{mapped} {mapped:?client relié à son dossier|clients reliés à leur dossier} Inqom, aucun à voir",
        en="{mapped} {mapped:?client|clients} mapped, none left",
    ),
    "assistant.mapping.how": Both(
        fr="Donnez le numéro d'un client pour corriger son SIRET ou désigner son dossier Inqom.",
        en="Give a client's number to mend its SIRET or to name its Inqom dossier.",
    ),
    "assistant.mapping.client": Both(fr="{client}, SIRET {siret}", en="{client}, SIRET {siret}"),
    "assistant.mapping.proposal": Both(fr="{why} : {name} ({siret}, n° {id})", en="{why}: {name} ({siret}, no. {id})"),
    "assistant.mapping.why.same": Both(fr="même SIRET", en="same SIRET"),
    "assistant.mapping.why.slip": Both(fr="SIRET presque égal", en="SIRET nearly the same"),
    "assistant.mapping.why.establishment": Both(fr="autre établissement", en="other establishment"),
    "assistant.mapping.why.no_nic": Both(fr="même SIREN, sans NIC", en="same SIREN, no NIC"),
    "assistant.mapping.why.name": Both(fr="nom proche", en="similar name"),
    "assistant.mapping.why.sought": Both(fr="trouvé", en="found"),
    "assistant.mapping.correct": Both(
        fr="Tapez le numéro d'une proposition, le bon SIRET, « =700123 » pour désigner un dossier, ou un nom à chercher "
        "dans Inqom.",
        en="Type the number of a proposal, the right SIRET, “=700123” to name a dossier, or a name to look for in Inqom.",
    ),
    "assistant.mapping.nothing": Both(
        fr="Aucun dossier ouvert ne répond à « {sought} »", en="No open dossier answers to “{sought}”"
    ),
    "assistant.mapping.kept": Both(fr="{client} : corrigé dans les règles", en="{client}: mended in the rules"),
    # 4 Paths
    "assistant.paths.what": Both(
        fr="Une règle dit quel dossier surveiller chez chaque client, ce qu'on y dépose, et où le classer une fois "
        "transmis. {{millésime}} devient l'année (2026), {{mois}} le mois (07).",
        en="A rule says which folder to watch at each client's, what is dropped there, and where it is filed once sent. "
        "{{millésime}} becomes the year (2026), {{mois}} the month (07).",
    ),
    "assistant.paths.how": Both(
        fr="« + » ajoute une règle, son numéro la change, « -2 » retire la deuxième.",
        en="“+” adds a rule, its number changes it, “-2” takes the second away.",
    ),
    "assistant.paths.drop": Both(
        fr="Le dossier surveillé, sous celui de chaque client (Tab : les dossiers qui existent).",
        en="The folder that is watched, beneath each client's (Tab: the folders that are there).",
    ),
    "assistant.paths.archive": Both(
        fr="Une archive est conseillée : ce qui reste dans le dossier de dépôt est alors ce qui attend ou a échoué.",
        en="An archive is recommended: what stays in the drop folder is then what waits or has failed.",
    ),
    "assistant.paths.stays": Both(fr="(reste sur place)", en="(stays in place)"),
    "assistant.paths.now": Both(
        fr="Ce mois et les précédents : {folders} {folders:?dossier surveillé|dossiers surveillés}, {missing} pas encore "
        "{missing:?créé|créés}",
        en="This month and those before: {folders} {folders:?folder|folders} watched, {missing} not made yet",
    ),
    "assistant.paths.nowhere": Both(
        fr="Aucun client n'a encore de dossier {drop}", en="No client has a folder {drop} yet"
    ),
    "assistant.paths.nowhere.advice": Both(
        fr="Vérifiez l'orthographe ; si elle est juste, « pushdoc folders --create » crée les dossiers",
        en="Check the spelling; if it is right, `pushdoc folders --create` makes the folders",
    ),
    "assistant.paths.takes": Both(
        fr="Cette règle prendrait {files} {files:?fichier|fichiers} ({size:bytes})",
        en="This rule would take {files} {files:?file|files} ({size:bytes})",
    ),
    "assistant.paths.left": Both(
        fr="{count} {count:?fichier n'est|fichiers ne sont} pas de ceux qu'elle accepte",
        en="{count} {count:?file is|files are} not of those that it accepts",
    ),
    "assistant.paths.not_all": Both(
        fr="Tous les dossiers n'ont pas été regardés : le disque est lent",
        en="Not all folders were looked at: the disk is slow",
    ),
    "assistant.paths.saved": Both(fr="Règle « {rule} » enregistrée", en="Rule “{rule}” saved"),
    "assistant.paths.removed": Both(fr="Règle « {rule} » retirée", en="Rule “{rule}” taken away"),
}
