"""What is said while pushdoc is made a service of the machine, or taken away from it."""

from pushdoc.words.phrase import Both

PHRASES = {
    "service": Both(
        fr="Fait de pushdoc un service de cette machine (systemd).",
        en="Makes pushdoc a service of this machine (systemd).",
    ),
    "service.show": Both(
        fr="Affiche l'unité systemd, remplie d'après vos règles. Ne change rien.",
        en="Shows the systemd unit, filled in from your rules. Changes nothing.",
    ),
    "service.install": Both(
        fr="Installe le service et le démarre, en disant chaque étape. Crée l'utilisateur s'il manque, vérifie tout comme le service le verra, écrit l'unité, la met en route au démarrage de la machine. Peut être relancé sans risque : après une mise à jour, ou après avoir corrigé ce qui manquait.",
        en="Installs the service and starts it, saying each step. Makes the user where it is missing, checks everything as the service will see it, writes the unit, has it started with the machine. Can be run again safely: after an upgrade, or once what was missing has been mended.",
    ),
    "service.uninstall": Both(
        fr="Arrête le service et le retire. Les règles, les secrets et le registre restent.",
        en="Stops the service and removes it. Rules, secrets and ledger stay.",
    ),
    "service.option.user": Both(
        fr="Utilisateur du service ; sinon celui déjà installé, ou pushdoc.",
        en="The service's user; else the one already installed, or pushdoc.",
    ),
    "service.option.group": Both(
        fr="Groupe qui peut lire et déplacer les fichiers des clients ; peut être répété.",
        en="Group that may read and move the clients' files; can be given several times.",
    ),
    "service.option.dry_run": Both(fr="Dire les étapes sans rien changer.", en="Say the steps, change nothing."),
    "service.option.force": Both(
        fr="Installer même si la vérification trouve une faute.", en="Install even where the check finds a fault."
    ),
    "service.user_wrong": Both(
        fr="« {name} » n'est pas un nom d'utilisateur ou de groupe", en="“{name}” is no name of a user or group"
    ),
    "service.not_root": Both(
        fr="seul l'administrateur (root) peut changer les services de cette machine",
        en="only the administrator (root) can change this machine's services",
    ),
    "service.not_root.advice": Both(
        fr="Relancez la même commande avec sudo ; --dry-run montre d'abord ce qui serait fait",
        en="Run the same command with sudo; --dry-run first shows what would be done",
    ),
    "service.no_systemd": Both(
        fr="systemd ne dirige pas cette machine (conteneur, WSL, autre système de démarrage)",
        en="systemd does not run this machine (container, WSL, another init system)",
    ),
    "service.no_systemd.advice": Both(
        fr="Lancez « pushdoc run » par ce qui démarre vos services ici, ou « pushdoc once » par cron",
        en="Have whatever starts your services here run `pushdoc run`, or cron run `pushdoc once`",
    ),
    "service.foreign_unit": Both(
        fr="{path} existe et n'a pas été écrit par pushdoc", en="{path} is there and was not written by pushdoc"
    ),
    "service.foreign_unit.advice": Both(
        fr="Déplacez ce fichier, puis reprenez vos réglages avec : systemctl edit pushdoc",
        en="Move that file away, then put your settings back with: systemctl edit pushdoc",
    ),
    "service.no_credential": Both(
        fr="les règles demandent le secret « {name} », et {path} n'existe pas",
        en="the rules ask for the secret “{name}”, and {path} is not there",
    ),
    "service.no_credential.advice": Both(
        fr="Tapez : install -D -m 0600 /dev/stdin {path} — puis le secret, Entrée, Ctrl-D",
        en="Type: install -D -m 0600 /dev/stdin {path} — then the secret, Enter, Ctrl-D",
    ),
    "service.secret_in_environment": Both(
        fr="les règles lisent un secret dans la variable « {name} », que le service n'aura pas",
        en="the rules read a secret from the variable “{name}”, which the service will not have",
    ),
    "service.secret_in_environment.advice": Both(
        fr="Gardez-le dans /etc/pushdoc/credentials, et écrivez credential:NOM dans les règles",
        en="Keep it in /etc/pushdoc/credentials, and write credential:NAME in the rules",
    ),
    "service.path_unfit": Both(
        fr="le chemin {path} contient un caractère qu'une unité systemd ne sait pas écrire (\" ' \\ : ou invisible)",
        en="the path {path} holds a character that a systemd unit cannot have (\" ' \\ : or an invisible one)",
    ),
    "service.path_unfit.advice": Both(
        fr="Renommez ce fichier ou ce dossier, puis corrigez les règles",
        en="Rename that file or folder, then mend the rules",
    ),
    "service.make_user": Both(fr="crée l'utilisateur du service : {command}", en="make the service's user: {command}"),
    "service.make_folder": Both(
        fr="prépare le dossier {path} (droits {mode})", en="prepare the folder {path} (mode {mode})"
    ),
    "service.give": Both(fr="donne {path} à l'utilisateur {user}", en="give {path} to the user {user}"),
    "service.check": Both(
        fr="vérifie en tant que {user}, comme le service le verra : {command}",
        en="check as {user}, as the service will see it: {command}",
    ),
    "service.check_failed": Both(
        fr="la vérification a trouvé ce qui est marqué ✗ ci-dessus ; l'installation s'arrête là",
        en="the check found what is marked ✗ above; the installation ends here",
    ),
    "service.check_failed.advice": Both(
        fr="Corrigez, puis relancez ; pour le droit de lire et de déplacer les fichiers des clients, --group GROUPE ; --force installe malgré tout",
        en="Mend it, then run this again; for the right to read and move the clients' files, --group GROUP; --force installs all the same",
    ),
    "service.write": Both(fr="écrit {path}", en="write {path}"),
    "service.link": Both(
        fr="rend la commande pushdoc disponible : {path} → {target}",
        en="make the command pushdoc known: {path} → {target}",
    ),
    "service.reload": Both(fr="fait relire les unités : {command}", en="have the units read anew: {command}"),
    "service.enable": Both(fr="au démarrage de la machine : {command}", en="with the machine's start: {command}"),
    "service.start": Both(fr="démarre : {command}", en="start: {command}"),
    "service.stop": Both(fr="arrête le service : {command}", en="stop the service: {command}"),
    "service.remove": Both(fr="retire {path}", en="remove {path}"),
    "service.command_failed": Both(
        fr="« {command} » s'est terminé par le code {code}", en="`{command}` ended with code {code}"
    ),
    "service.command_failed.advice": Both(
        fr="Regardez : journalctl -u pushdoc -n 30 — puis relancez la même commande pour reprendre ici",
        en="Look at: journalctl -u pushdoc -n 30 — then run the same command again to go on here",
    ),
    "service.command_missing": Both(
        fr="la commande « {command} » ne peut pas être lancée : {error}",
        en="the command `{command}` cannot be run: {error}",
    ),
    "service.step_failed": Both(fr="{path} : {error}", en="{path}: {error}"),
    "service.installed": Both(
        fr="pushdoc est installé et travaille. Son état : pushdoc status ; son journal : journalctl -u pushdoc ; après un changement des règles : systemctl reload pushdoc",
        en="pushdoc is installed and works. How it stands: pushdoc status; its log: journalctl -u pushdoc; after a change of the rules: systemctl reload pushdoc",
    ),
    "service.dry_run": Both(fr="(rien n'a été changé)", en="(nothing was changed)"),
    "service.nothing": Both(fr="il n'y a rien à retirer", en="there is nothing to remove"),
    "service.stays": Both(fr="restent en place : {paths}", en="these stay: {paths}"),
    "service.completion": Both(
        fr="Installe la complétion par Tab pour votre shell (bash, zsh ou fish), puis s'arrête.",
        en="Install completion by Tab for your shell (bash, zsh or fish), then exit.",
    ),
    "service.completion.done": Both(fr="complétion installée : {path}", en="completion installed: {path}"),
    "service.completion.next": Both(
        fr="ouvrez un nouveau terminal, tapez « pushdoc » et une espace, puis la touche Tab",
        en="open a new terminal, type `pushdoc` and a space, then the Tab key",
    ),
    "service.completion.line": Both(
        fr="ajoutez d'abord cette ligne à {file} : {line}", en="first add this line to {file}: {line}"
    ),
    "service.completion.unknown": Both(
        fr="« {shell} » n'a pas de complétion ici : bash, zsh et fish en ont une",
        en="there is no completion for “{shell}”: bash, zsh and fish have one",
    ),
    "service.completion.unknown.advice": Both(
        fr="Par exemple : SHELL=/bin/bash pushdoc --install-completion",
        en="For example: SHELL=/bin/bash pushdoc --install-completion",
    ),
}
