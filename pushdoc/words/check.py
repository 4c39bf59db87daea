"""What `check` says."""

from pushdoc.words.phrase import Both

PHRASES = {
    "check.rules": Both(
        fr="règles : {file}, {rules} {rules:?règle|règles}, {clients} {clients:?client activé|clients activés}",
        en="rules: {file}, {rules} {rules:?rule|rules}, {clients} {clients:?client|clients} enabled",
    ),
    "check.expenses_only": Both(
        fr="règle « {rule} » : {key} n'a d'effet que pour « {expected} »",
        en="rule “{rule}”: {key} has an effect on “{expected}” only",
    ),
    "check.expenses_only.advice": Both(
        fr="enlevez cette ligne, ou corrigez le type de la règle", en="take that line out, or mend the rule's type"
    ),
    "check.cannot_read_pdf": Both(
        fr="règle « {rule} » : encrypted = refuse, mais rien ici ne peut dire si un PDF demande un mot de passe ; tous "
        "seront envoyés",
        en="rule “{rule}”: encrypted = refuse, but nothing here can tell whether a PDF needs a password; all are sent",
    ),
    "check.cannot_read_pdf.advice": Both(
        fr="installez l'option « pdf » : pip install 'pushdoc[pdf]'", en="install the extra: pip install 'pushdoc[pdf]'"
    ),
    "check.done_is_ignored": Both(
        fr="règle « {rule} » : un fichier nommé « {done} » n'est jamais vu, rien ne serait envoyé",
        en="rule “{rule}”: a file named “{done}” is never seen, nothing would be sent",
    ),
    "check.done_is_ignored.advice": Both(
        fr="choisissez un nom qui ne commence ni par un point ni par ~$ et ne finit pas comme un fichier temporaire "
        "(.tmp, .part…) : .ok, par exemple",
        en="choose a name that begins neither with a dot nor with ~$ and does not end like a temporary file (.tmp, "
        ".part…): .ok, for example",
    ),
    "check.ledger": Both(fr="registre : {path}", en="ledger: {path}"),
    "check.ledger_held": Both(
        fr="registre : {path}, utilisé par pushdoc (processus {pid})",
        en="ledger: {path}, in use by pushdoc (process {pid})",
    ),
    "check.root": Both(fr="dossiers des clients : {path}", en="clients' folders: {path}"),
    "check.root_remote": Both(
        fr="dossiers des clients : {path}, sur un partage réseau (relu à intervalle régulier)",
        en="clients' folders: {path}, on a network share (looked at at intervals)",
    ),
    "check.root_missing": Both(
        fr="le dossier des clients {path} n'existe pas", en="the clients' folder {path} does not exist"
    ),
    "check.root_missing.advice": Both(
        fr="corrigez root sous [clients], ou montez le partage", en="mend root under [clients], or mount the share"
    ),
    "check.client_folders": Both(
        fr="{count} {count:?client n'a|clients n'ont} pas encore de dossier : {names}",
        en="{count} {count:?client has|clients have} no folder yet: {names}",
    ),
    "check.client_folders.advice": Both(
        fr="vérifiez l'orthographe, ou créez le dossier", en="see to the spelling, or make the folder"
    ),
    "check.same_elsewhere": Both(
        fr="de même dans {count} {count:?autre dossier|autres dossiers} : {names}",
        en="the same in {count} other {count:?folder|folders}: {names}",
    ),
    "check.secret": Both(fr="{destination} : {key} trouvé", en="{destination}: {key} found"),
    "check.pace": Both(
        fr="{destination} : {wanted} requêtes par seconde demandées, le service en permet {allowed}",
        en="{destination}: {wanted} requests a second asked for, the service allows {allowed}",
    ),
    "check.pace.advice": Both(
        fr="baissez requests_per_second, sinon le service refusera des requêtes",
        en="lower requests_per_second, or the service will turn requests away",
    ),
    "check.destination": Both(fr="{destination} : connexion établie", en="{destination}: connected"),
    "check.mapped": Both(
        fr="{destination} : {mapped} {mapped:?client relié|clients reliés} à un dossier sur {enabled}",
        en="{destination}: {mapped} of {enabled} {enabled:?client|clients} mapped to a dossier",
    ),
    "check.unmapped_more": Both(
        fr="… et {count} {count:?autre client|autres clients} sans dossier", en="… and {count} more without a dossier"
    ),
    "check.unmapped_more.advice": Both(fr="« pushdoc map » les montre tous", en="`pushdoc map` shows them all"),
}
