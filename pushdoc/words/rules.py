"""What the rules file, its secrets, and `pushdoc where` say to people.

The value `where` is a place in the file: `[[rule]] drop`; `read` what stands there, or "…" where it may be a secret.
"""

from pushdoc.words.phrase import Both

_FILE = {
    "rules.no_file": Both(
        fr="Aucun fichier de règles trouvé. Cherché dans : {places}",
        en="No rules file found. Looked in: {places}",
    ),
    "rules.no_file.advice": Both(
        fr="Créez-le avec « pushdoc init », ou indiquez-le avec « -c CHEMIN ».",
        en="Create it with 'pushdoc init', or name it with '-c PATH'.",
    ),
    "rules.file_missing": Both(fr="ce fichier n'existe pas", en="there is no such file"),
    "rules.file_missing.advice": Both(
        fr="Vérifiez le chemin, ou créez le fichier avec « pushdoc init ».",
        en="Check the path, or create the file with 'pushdoc init'.",
    ),
    "rules.file_is_folder": Both(fr="c'est un dossier, pas un fichier", en="this is a folder, not a file"),
    "rules.file_is_folder.advice": Both(
        fr="Indiquez le fichier lui-même, par exemple rules.toml dans ce dossier.",
        en="Name the file itself, for example rules.toml in that folder.",
    ),
    "rules.file_unreadable": Both(
        fr="ce fichier ne peut pas être lu ({error})", en="this file cannot be read ({error})"
    ),
    "rules.file_unreadable.advice": Both(
        fr="Donnez au compte de pushdoc le droit de lire ce fichier et ses dossiers.",
        en="Let pushdoc's account read the file and the folders above it.",
    ),
    "rules.file_not_utf8": Both(
        fr="un caractère n'est pas en UTF-8",
        en="a character is not UTF-8",
    ),
    "rules.file_not_utf8.advice": Both(
        fr="Réenregistrez le fichier en UTF-8 dans votre éditeur.", en="Save the file again as UTF-8 in your editor."
    ),
}

_SYNTAX = {
    "rules.toml": Both(
        fr="ce n'est pas du TOML lisible (colonne {column})", en="this is not readable TOML (column {column})"
    ),
    "rules.toml_value": Both(
        fr='valeur illisible (colonne {column}). Un texte s\'écrit entre guillemets droits : "…" ; '
        "les autres valeurs sont true, false, ou un nombre",
        en='unreadable value (column {column}). Text stands in straight quotes: "…"; other values are true, false, or '
        "a number",
    ),
    "rules.toml_twice": Both(
        fr="cette clé ou cette table est écrite deux fois (colonne {column})",
        en="this key or table is written twice (column {column})",
    ),
    "rules.toml_twice.advice": Both(
        fr="Gardez-en une seule. Plusieurs règles s'écrivent chacune sous [[rule]], avec deux crochets.",
        en="Keep one of them. Several rules each stand under [[rule]], in double brackets.",
    ),
    "rules.toml_equals": Both(
        fr="il manque le signe = après la clé (colonne {column})",
        en="the = after the key is missing (column {column})",
    ),
    "rules.toml_key": Both(
        fr="une clé est attendue ici (colonne {column}). Une clé avec des accents ou des espaces s'écrit entre "
        "guillemets droits",
        en="a key is expected here (column {column}). A key with accents or blanks stands in straight quotes",
    ),
    "rules.toml_string": Both(
        fr="un texte n'est pas fermé par un guillemet droit, ou contient un caractère interdit (colonne {column})",
        en="a text is not closed by a straight quote, or has a forbidden character (column {column})",
    ),
    "rules.toml_backslash": Both(
        fr="une barre oblique inverse \\ dans un texte (colonne {column})",
        en="a backslash \\ in a text (column {column})",
    ),
    "rules.toml_backslash.advice": Both(
        fr="Écrivez les chemins avec / ; sinon doublez la barre : \\\\.",
        en="Write paths with /; otherwise double it: \\\\.",
    ),
    "rules.toml_bracket": Both(
        fr="un crochet ou une accolade n'est pas fermé (colonne {column})",
        en="a bracket or brace is not closed (column {column})",
    ),
    "rules.toml_newline": Both(
        fr="il y a quelque chose de trop après la valeur (colonne {column})",
        en="something stands after the value (column {column})",
    ),
    "rules.toml_newline.advice": Both(
        fr="Une seule clé par ligne ; un commentaire commence par #.",
        en="One key a line; a comment begins with #.",
    ),
}

_KEYS = {
    "rules.missing_key": Both(fr="{where} : cette clé manque", en="{where}: this key is missing"),
    "rules.missing_table": Both(fr="{where} : cette table manque", en="{where}: this table is missing"),
    "rules.unknown_key": Both(
        fr="{where} : clé inconnue. Connues ici : {known}", en="{where}: unknown key. Known here: {known}"
    ),
    "rules.unknown_key_near": Both(
        fr="{where} : clé inconnue. Vouliez-vous dire « {near} » ?",
        en="{where}: unknown key. Did you mean '{near}'?",
    ),
    "rules.unknown_key_elsewhere": Both(
        fr="{where} : clé inconnue ici. Elle a sa place sous {tables}",
        en="{where}: unknown key here. It belongs under {tables}",
    ),
    "rules.unknown_key_of_top": Both(
        fr="{where} : clé inconnue ici. Elle a sa place en haut du fichier, avant la première [table]",
        en="{where}: unknown key here. It belongs at the top of the file, before the first [table]",
    ),
    "rules.unknown_key_of_table": Both(
        fr="{where} : clé inconnue ici. C'est une table à part, avec son propre en-tête entre crochets",
        en="{where}: unknown key here. It is a table of its own, under its own header in brackets",
    ),
    "rules.one_bracket_too_few": Both(
        fr="{where} s'écrit avec deux crochets de chaque côté : il peut y en avoir plusieurs",
        en="{where} is written with two brackets on each side: there may be several",
    ),
    "rules.one_bracket_too_many": Both(
        fr="{where} s'écrit avec un seul crochet de chaque côté : il n'y en a qu'un",
        en="{where} is written with one bracket on each side: there is only one",
    ),
    "rules.destination_without_name": Both(
        fr="une destination porte un nom : [destination.inqom]",
        en="a destination has a name: [destination.inqom]",
    ),
}

_VALUES = {
    "rules.wrong": Both(fr="{where} : « {read} » ne convient pas", en="{where}: '{read}' does not fit"),
    "rules.empty": Both(fr="{where} : la valeur est vide", en="{where}: the value is empty"),
    "rules.not_a_text": Both(
        fr='{where} : lu {read}, attendu un texte entre guillemets droits : "…"',
        en='{where}: read {read}, expected text in straight quotes: "…"',
    ),
    "rules.not_a_boolean": Both(
        fr="{where} : lu « {read} », attendu true ou false, sans guillemets",
        en="{where}: read '{read}', expected true or false, without quotes",
    ),
    "rules.not_a_whole_number": Both(
        fr="{where} : lu « {read} », attendu un nombre entier, sans guillemets",
        en="{where}: read '{read}', expected a whole number, without quotes",
    ),
    "rules.not_a_number": Both(
        fr="{where} : lu « {read} », attendu un nombre, sans guillemets",
        en="{where}: read '{read}', expected a number, without quotes",
    ),
    "rules.not_a_list": Both(
        fr='{where} : attendu une liste entre crochets : ["…", "…"]',
        en='{where}: expected a list in brackets: ["…", "…"]',
    ),
    "rules.not_a_table": Both(
        fr="{where} : attendu une table, avec son en-tête entre crochets et une clé par ligne",
        en="{where}: expected a table, with its header in brackets and one key a line",
    ),
    "rules.not_one_of": Both(
        fr="{where} : « {read} » est inconnu. Attendu : {words}", en="{where}: '{read}' is unknown. Expected: {words}"
    ),
    "rules.not_one_of_near": Both(
        fr="{where} : « {read} » est inconnu. Vouliez-vous dire « {near} » ? Attendu : {words}",
        en="{where}: '{read}' is unknown. Did you mean '{near}'? Expected: {words}",
    ),
    "rules.too_small": Both(
        fr="{where} : lu {read}, attendu au moins {least}", en="{where}: read {read}, expected at least {least}"
    ),
    "rules.too_large": Both(
        fr="{where} : lu {read}, attendu au plus {most}", en="{where}: read {read}, expected at most {most}"
    ),
    "rules.not_above": Both(
        fr="{where} : lu {read}, attendu plus de {least}", en="{where}: read {read}, expected more than {least}"
    ),
    "rules.not_below": Both(
        fr="{where} : lu {read}, attendu moins de {most}", en="{where}: read {read}, expected less than {most}"
    ),
    "rules.not_a_duration": Both(
        fr='{where} : lu « {read} », attendu une durée : "250ms", "5s", "1m", "48h" ou "2d" (jours)',
        en='{where}: read \'{read}\', expected a duration: "250ms", "5s", "1m", "48h" or "2d"',
    ),
    "rules.duration_too_long": Both(
        fr="{where} : « {read} » dépasse dix ans", en="{where}: '{read}' is more than ten years"
    ),
    "rules.not_a_size": Both(
        fr='{where} : lu « {read} », attendu une taille : "500KB", "25MB", "1GB" ou un nombre d\'octets',
        en='{where}: read \'{read}\', expected a size: "500KB", "25MB", "1GB" or a number of bytes',
    ),
    "rules.not_a_time": Both(
        fr='{where} : lu « {read} », attendu une heure : "07:00"',
        en="{where}: read '{read}', expected a time: \"07:00\"",
    ),
    "rules.not_a_url": Both(
        fr="{where} : lu « {read} », attendu une adresse qui commence par https://",
        en="{where}: read '{read}', expected an address that begins with https://",
    ),
    "rules.url_with_password": Both(
        fr="{where} : une adresse ne porte ni utilisateur ni mot de passe",
        en="{where}: an address bears no user and no password",
    ),
    "rules.url_with_password.advice": Both(
        fr="Retirez-les de l'adresse ; ils ont leurs propres clés. Ce mot de passe a été lisible : changez-le.",
        en="Take them out of the address; they have keys of their own. That password was readable: change it.",
    ),
    "rules.not_a_path": Both(
        fr="{where} : lu « {read} », attendu un chemin de fichier ou de dossier",
        en="{where}: read '{read}', expected the path of a file or folder",
    ),
    "rules.not_a_reference": Both(
        fr="{where} : attendu une référence à un secret, jamais le secret lui-même (ce qui a été lu n'est pas répété)",
        en="{where}: expected a reference to a secret, never the secret itself (what was read is not repeated here)",
    ),
    "rules.not_a_reference.advice": Both(
        fr='Écrivez "credential:NOM" (systemd), "env:NOM" ou "file:CHEMIN" (droits 0600). '
        "Si le secret était écrit ici, changez-le.",
        en='Write "credential:NAME" (systemd), "env:NAME" or "file:PATH" (mode 0600). '
        "If the secret itself stood here, change it.",
    ),
    "rules.reference_with_slash": Both(
        fr='{where} : un nom de secret ne contient pas de / ; pour un fichier, écrivez "file:CHEMIN"',
        en='{where}: the name of a secret has no /; for a file, write "file:PATH"',
    ),
    "rules.not_an_address": Both(
        fr="{where} : « {read} » n'est pas une adresse de courriel", en="{where}: '{read}' is not a mail address"
    ),
    "rules.not_a_dossier": Both(
        fr="{where} : lu « {read} », attendu l'identifiant du dossier, comme 700123",
        en="{where}: read '{read}', expected the dossier's id, like 700123",
    ),
    "rules.not_a_ledger": Both(
        fr="{where} : attendu sqlite:///chemin (depuis le dossier de ce fichier) ou sqlite:////chemin/absolu",
        en="{where}: expected sqlite:///path (from this file's folder) or sqlite:////absolute/path",
    ),
    "rules.ledger_postgresql": Both(
        fr="{where} : PostgreSQL viendra dans une version prochaine ; pour l'instant, écrivez sqlite:///chemin",
        en="{where}: PostgreSQL comes in a later version; for now, write sqlite:///path",
    ),
    "rules.not_beneath_root": Both(
        fr="{where} : « {read} » doit être un chemin sous le dossier des clients, sans / au début ni ..",
        en="{where}: '{read}' must be a path beneath the clients' folder, without a leading / or ..",
    ),
    "rules.pattern_unclosed": Both(
        fr="{where} : dans « {read} », le crochet [ n'est pas fermé ; un crochet qui fait partie du nom s'écrit [[]",
        en="{where}: in '{read}', the bracket [ is not closed; one that is part of the name is written [[]",
    ),
    "rules.pattern_malformed": Both(
        fr="{where} : « {read} » ne peut correspondre à aucun nom (ni \\, ni .., ni / ou espace aux bouts)",
        en="{where}: '{read}' can match no name (no \\, no .., no / or blank at its ends)",
    ),
    "rules.pattern_with_folder": Both(
        fr="{where} : « {read} » vise un nom de fichier, sans dossier ni /",
        en="{where}: '{read}' is about a file's name, without folder or /",
    ),
    "rules.pattern_bare": Both(
        fr="{where} : « {read} » ne correspond qu'à un fichier de ce nom. Vouliez-vous dire « {proposal} » ?",
        en="{where}: '{read}' matches only a file of that name. Did you mean '{proposal}'?",
    ),
    "rules.not_a_done_file": Both(
        fr="{where} : lu « {read} », attendu un nom de fichier avec {whole} (le nom entier du document) ou {stem} (le "
        "même sans son extension), et quelque chose de plus, par exemple « {proposal} »",
        en="{where}: read '{read}', expected a file name with {whole} (the document's whole name) or {stem} (the same "
        "without its ending), and something more, for example '{proposal}'",
    ),
}

_TEMPLATES = {
    "rules.template_absolute": Both(
        fr="{where} : « {read} » part du dossier de chaque client : retirez le / du début",
        en="{where}: '{read}' starts from each client's folder: take away the leading /",
    ),
    "rules.template_backslash": Both(
        fr="{where} : écrivez / et non \\ entre les dossiers : {proposal}",
        en="{where}: write / and not \\ between folders: {proposal}",
    ),
    "rules.template_dots": Both(
        fr="{where} : « {read} » contient . ou .. : un chemin reste dans le dossier du client",
        en="{where}: '{read}' has . or ..: a path stays in the client's folder",
    ),
    "rules.template_empty_name": Both(
        fr="{where} : « {read} » a un nom de dossier vide (deux / de suite, ou un / à la fin)",
        en="{where}: '{read}' has an empty folder name (two / in a row, or one at the end)",
    ),
    "rules.template_control": Both(
        fr="{where} : « {read} » contient un caractère invisible (tabulation, saut de ligne…)",
        en="{where}: '{read}' has an invisible character (tab, line break…)",
    ),
    "rules.template_unclosed": Both(
        fr="{where} : dans « {name} », une accolade ou un chevron n'est pas fermé. Attendu : {{millésime}} ou {{mois}}",
        en="{where}: in '{name}', a brace or angle bracket is not closed. Expected: {{millésime}} or {{mois}}",
    ),
    "rules.template_variable": Both(
        fr="{where} : {variable} est inconnu. Attendu : {{millésime}} ou {{mois}}",
        en="{where}: {variable} is unknown. Expected: {{millésime}} or {{mois}}",
    ),
    "rules.template_variable_near": Both(
        fr="{where} : {variable} est inconnu. Vouliez-vous dire {near} ?",
        en="{where}: {variable} is unknown. Did you mean {near}?",
    ),
}

_TOGETHER = {
    "rules.unknown_zone": Both(
        fr="timezone : « {read} » est inconnu. Vouliez-vous dire « {near} » ?",
        en="timezone: '{read}' is unknown. Did you mean '{near}'?",
    ),
    "rules.first_above_longest": Both(
        fr="[retry] : first est plus long que longest", en="[retry]: first is longer than longest"
    ),
    "rules.gives_up_before_second_try": Both(
        fr="[retry] : give_up_after est plus court que first : il n'y aurait jamais de deuxième essai",
        en="[retry]: give_up_after is shorter than first: there would never be a second try",
    ),
    "rules.no_clients": Both(
        fr="aucun client : ni « table » sous [clients], ni [[client]]",
        en="no clients: neither 'table' under [clients] nor [[client]]",
    ),
    "rules.client_twice": Both(
        fr="[[client]] : « {client} » est écrit deux fois", en="[[client]]: '{client}' is written twice"
    ),
    "rules.no_destination": Both(
        fr="aucune destination : il manque [destination.inqom]", en="no destination: [destination.inqom] is missing"
    ),
    "rules.which_destination": Both(
        fr="règle « {rule} » : « destination » manque, et il y a plusieurs destinations : {words}",
        en="rule '{rule}': 'destination' is missing, and there are several: {words}",
    ),
    "rules.no_rule": Both(fr="aucune règle : il manque [[rule]]", en="no rule: [[rule]] is missing"),
    "rules.rule_twice": Both(fr="deux règles s'appellent « {rule} »", en="two rules are called '{rule}'"),
    "rules.archive_is_drop": Both(
        fr="[[rule]] archive : « {archive} » est aussi le dossier surveillé de la règle « {rule} »",
        en="[[rule]] archive: '{archive}' is also the watched folder of rule '{rule}'",
    ),
    "rules.archive_is_drop.advice": Both(
        fr="Un document classé y serait repris. Ajoutez par exemple /Transmis.",
        en="A filed document would be taken again. Add for example /Transmis.",
    ),
    "rules.drop_inside_drop": Both(
        fr="le dossier de la règle « {inner} » est dans celui de la règle « {outer} », qui surveille ses sous-dossiers",
        en="the folder of rule '{inner}' lies in that of rule '{outer}', which watches its subfolders",
    ),
    "rules.drop_inside_drop.advice": Both(
        fr="Mettez « subfolders = false » à la règle « {outer} », ou séparez les deux dossiers.",
        en="Set 'subfolders = false' for rule '{outer}', or separate the two folders.",
    ),
    "rules.never_reached": Both(
        fr="la règle « {rule} » ne prendrait jamais rien : « {other} », plus haut, prend déjà tout dans ce dossier",
        en="rule '{rule}' would never take anything: '{other}', above, takes all in that folder",
    ),
    "rules.never_reached.advice": Both(
        fr="Distinguez-les par « accept » ou par « clients », ou supprimez-en une.",
        en="Tell them apart by 'accept' or 'clients', or remove one.",
    ),
    "rules.digest_without_mail": Both(
        fr="« {name} » doit recevoir le courriel du jour, mais il manque la table [mail] (host et sender)",
        en="'{name}' is to get the daily mail, but the table [mail] is missing (host and sender)",
    ),
    "rules.alerts_without_mail": Both(
        fr="[alerts] to : il manque la table [mail] (host et sender) pour envoyer ces courriels",
        en="[alerts] to: the table [mail] is missing (host and sender) to send these mails",
    ),
    "rules.mail_half_account": Both(
        fr="[mail] : username et password vont ensemble", en="[mail]: username and password go together"
    ),
}

_SECRETS = {
    "rules.secret_with_slash": Both(
        fr="{reference} : un nom de secret ne contient pas de /", en="{reference}: the name of a secret has no /"
    ),
    "rules.secret_with_slash.advice": Both(
        fr="Pour un fichier, écrivez file:CHEMIN ; sinon, un nom sans barre oblique.",
        en="For a file write file:PATH; otherwise a name without a slash.",
    ),
    "rules.secret_no_variable": Both(
        fr="{reference} : la variable d'environnement {name} n'existe pas",
        en="{reference}: there is no environment variable {name}",
    ),
    "rules.secret_no_variable.advice": Both(
        fr="Donnez cette variable à pushdoc, ou mettez le secret dans un fichier et écrivez file:CHEMIN (« pushdoc init » le fait).",
        en="Give pushdoc that variable, or put the secret into a file and write file:PATH (`pushdoc init` does so).",
    ),
    "rules.secret_no_credentials": Both(
        fr="{reference} : systemd n'a donné aucun secret à pushdoc (CREDENTIALS_DIRECTORY manque)",
        en="{reference}: systemd gave pushdoc no credentials (CREDENTIALS_DIRECTORY is missing)",
    ),
    "rules.secret_no_credentials.advice": Both(
        fr="À la main : lancez avec sudo, si le secret est dans « credentials » à côté des règles. Dans le service : « pushdoc service install » ajoute « LoadCredential={name}:CHEMIN » à l'unité. Ailleurs, écrivez env: ou file:.",
        en="By hand: run it with sudo, where the secret lies in “credentials” beside the rules. In the service: `pushdoc service install` adds 'LoadCredential={name}:PATH' to the unit. Elsewhere, write env: or file:.",
    ),
    "rules.secret_missing": Both(
        fr="{reference} : le fichier {path} n'existe pas", en="{reference}: there is no file {path}"
    ),
    "rules.secret_missing.advice": Both(
        fr="Tapez : install -D -m 0600 /dev/stdin {path}, puis le secret, Entrée, Ctrl-D ; ou corrigez le chemin.",
        en="Type: install -D -m 0600 /dev/stdin {path}, then the secret, Enter, Ctrl-D; or mend the path.",
    ),
    "rules.secret_unreadable": Both(
        fr="{reference} : {path} ne peut pas être lu ({error})", en="{reference}: {path} cannot be read ({error})"
    ),
    "rules.secret_unreadable.advice": Both(
        fr="Donnez ce fichier au compte de pushdoc : chown pushdoc {path} (le compte du service), et laissez-lui les droits 0600.",
        en="Give that file to pushdoc's account: chown pushdoc {path} (the service's account), and leave its mode 0600.",
    ),
    "rules.secret_no_file": Both(
        fr="{reference} : {path} n'est pas un fichier ordinaire", en="{reference}: {path} is no regular file"
    ),
    "rules.secret_no_file.advice": Both(
        fr="Mettez-y un fichier qui ne contient que le secret, ou corrigez le chemin.",
        en="Put a file there that holds the secret alone, or mend the path.",
    ),
    "rules.secret_open_to_others": Both(
        fr="{reference} : d'autres comptes peuvent ouvrir {path} (droits {mode})",
        en="{reference}: other accounts can open {path} (mode {mode})",
    ),
    "rules.secret_open_to_others.advice": Both(fr="Tapez : chmod 600 {path}", en="Type: chmod 600 {path}"),
    "rules.secret_empty": Both(fr="{reference} : le secret est vide", en="{reference}: the secret is empty"),
    "rules.secret_empty.advice": Both(
        fr="Écrivez-y le secret : « pushdoc init » le demande sans l'afficher.",
        en="Write the secret there: `pushdoc init` asks for it without showing it.",
    ),
    "rules.secret_not_text": Both(
        fr="{reference} : {path} n'est pas un texte court en UTF-8", en="{reference}: {path} is not a short UTF-8 text"
    ),
    "rules.secret_not_text.advice": Both(
        fr="Écrivez-y le secret seul, sur une ligne, en UTF-8 ; ou corrigez le chemin.",
        en="Write the secret there, alone, on one line, in UTF-8; or mend the path.",
    ),
}

_WHERE = {
    "rules.where_outside": Both(
        fr="ce chemin n'est pas dans le dossier des clients ({root})",
        en="this path is not beneath the clients' folder ({root})",
    ),
    "rules.where_no_client": Both(
        fr="aucun client n'a le dossier « {folder} »", en="no client has the folder '{folder}'"
    ),
    "rules.where_no_client.advice": Both(
        fr="Ajoutez ce client à la table des dossiers ou sous [[client]], avec son SIRET.",
        en="Add the client to the table or as [[client]], with its SIRET.",
    ),
    "rules.where_no_client_near": Both(
        fr="aucun client n'a le dossier « {folder} » ; il y a « {near} »",
        en="no client has the folder '{folder}'; there is '{near}'",
    ),
    "rules.where_no_client_near.advice": Both(
        fr="Déposez dans « {near} », ou ajoutez « {folder} » aux clients.",
        en="Drop into '{near}', or add '{folder}' to the clients.",
    ),
    "rules.where_disabled": Both(
        fr="le client « {client} » est désactivé (enabled = false)",
        en="the client '{client}' is switched off (enabled = false)",
    ),
    "rules.where_disabled.advice": Both(
        fr="Mettez « enabled = true » à ce client, s'il doit être envoyé.",
        en="Set 'enabled = true' for the client, if it is to be sent.",
    ),
    "rules.where_no_rule_for_client": Both(
        fr="aucune règle ne concerne le client « {client} »", en="no rule is for the client '{client}'"
    ),
    "rules.where_no_rule_for_client.advice": Both(
        fr="Complétez « clients » d'une règle, ou ajoutez une règle : « pushdoc rules add ».",
        en="Add the client to a rule's 'clients', or add a rule: 'pushdoc rules add'.",
    ),
    "rules.where_archive": Both(
        fr="c'est l'archive de la règle « {rule} » : rien n'y est repris",
        en="this is the archive of rule '{rule}': nothing is taken from there",
    ),
    "rules.where_archive.advice": Both(
        fr="Pour envoyer ce document, déposez-le dans le dossier surveillé, pas dans son archive.",
        en="To send the document, drop it into the watched folder, not into its archive.",
    ),
    "rules.where_to_come.advice": Both(
        fr="Il sera pris dès que cette période commence ; pour l'envoyer maintenant, déposez-le dans le mois en cours.",
        en="It will be taken when that period begins; to send it now, drop it into the current month.",
    ),
    "rules.where_to_come": Both(
        fr="règle « {rule} » : la période {period} n'est pas encore surveillée",
        en="rule '{rule}': the period {period} is not watched yet",
    ),
    "rules.where_no_longer": Both(
        fr="règle « {rule} » : la période {period} n'est plus surveillée (seulement à partir de {first})",
        en="rule '{rule}': the period {period} is no longer watched (only from {first})",
    ),
    "rules.where_no_longer.advice": Both(
        fr="Déposez dans le mois en cours, ou augmentez « look_back » de la règle.",
        en="Drop into the current month, or raise the rule's 'look_back'.",
    ),
    "rules.not_accepted": Both(
        fr="ce genre de fichier n'est pas accepté par la règle « {rule} ». Acceptés ici : {accepted}",
        en="this kind of file is not accepted by rule '{rule}'. Accepted here: {accepted}",
    ),
    "rules.not_accepted.advice": Both(
        fr="Enregistrez le document en PDF et déposez-le, ou faites ajouter ce genre de fichier à la règle (« accept »).",
        en="Save the document as PDF and drop that, or have this kind of file added to the rule ('accept').",
    ),
    "rules.where_drop_itself": Both(
        fr="c'est un dossier que la règle « {rule} » surveille ; indiquez un fichier dedans",
        en="this is a folder that rule '{rule}' watches; name a file inside",
    ),
    "rules.where_written_otherwise": Both(
        fr="« {read} » n'est pas écrit comme la règle « {rule} » l'attend, par exemple : {expected}",
        en="'{read}' is not written as rule '{rule}' expects, for example: {expected}",
    ),
    "rules.where_written_otherwise.advice": Both(
        fr="Renommez le dossier comme dans l'exemple : mêmes majuscules et accents, année sur quatre chiffres, mois sur deux.",
        en="Rename the folder as in the example: the same capitals and accents, the year in four digits, the month in two.",
    ),
    "rules.where_subfolder": Both(
        fr="la règle « {rule} » ne surveille pas les sous-dossiers", en="rule '{rule}' does not watch subfolders"
    ),
    "rules.where_subfolder.advice": Both(
        fr="Déposez dans le dossier lui-même, ou mettez « subfolders = true » à la règle.",
        en="Drop into the folder itself, or set 'subfolders = true' for the rule.",
    ),
    "rules.where_no_drop": Both(
        fr="aucune règle ne surveille ce dossier chez « {client} ». Ce mois-ci : {drops}",
        en="no rule watches this folder of '{client}'. This month: {drops}",
    ),
    "rules.where_no_drop.advice": Both(
        fr="Déposez dans un de ces dossiers, ou ajoutez une règle : « pushdoc rules add ».",
        en="Drop into one of these folders, or add a rule: 'pushdoc rules add'.",
    ),
}

PHRASES = _FILE | _SYNTAX | _KEYS | _VALUES | _TEMPLATES | _TOGETHER | _SECRETS | _WHERE
