"""What changing the rules file says to people, and `pushdoc rules`."""

from pushdoc.words.phrase import Both

_EDIT = {
    "rules.edit_overtaken": Both(
        fr="{path} : ce fichier a été changé par quelqu'un d'autre entre-temps ; rien n'a été enregistré",
        en="{path}: somebody else has changed this file meanwhile; nothing was saved",
    ),
    "rules.edit_overtaken.advice": Both(
        fr="Recommencez : le fichier sera relu tel qu'il est maintenant.",
        en="Do it again: the file will be read as it is now.",
    ),
    "rules.edit_no_folder": Both(
        fr="{path} : le dossier de ce fichier n'existe pas", en="{path}: the folder of this file is not there"
    ),
    "rules.edit_no_folder.advice": Both(
        fr="Créez d'abord ce dossier, ou donnez un autre chemin avec « -c CHEMIN ».",
        en="Make the folder first, or give another path with '-c PATH'.",
    ),
    "rules.edit_forbidden": Both(
        fr="{path} : ce compte n'a pas le droit d'écrire ce fichier, ou de lui laisser son propriétaire",
        en="{path}: this account may not write the file, or not leave it its owner",
    ),
    "rules.edit_forbidden.advice": Both(
        fr="Lancez la commande sous le compte à qui ce fichier appartient, par exemple avec « sudo ».",
        en="Run the command as the account that owns the file, for example with 'sudo'.",
    ),
    "rules.edit_unwritable": Both(
        fr="{path} : ce fichier ne peut pas être écrit ({error})", en="{path}: this file cannot be written ({error})"
    ),
    "rules.edit_unwritable.advice": Both(
        fr="Vérifiez la place et les droits dans son dossier.", en="Check room and rights in its folder."
    ),
    "rules.edit_impossible": Both(
        fr="{path} : « {key} » ne peut pas être changé sans toucher au reste du fichier",
        en="{path}: '{key}' cannot be changed without touching the rest of the file",
    ),
    "rules.edit_impossible.advice": Both(
        fr="Changez cette clé vous-même dans le fichier, puis tapez « pushdoc check ».",
        en="Change the key in the file yourself, then type 'pushdoc check'.",
    ),
    "rules.edit_not_text": Both(
        fr="la valeur de « {key} » contient des octets qui ne sont pas du texte : elle ne peut pas être écrite",
        en="the value of '{key}' holds bytes that are no text: it cannot be written",
    ),
    "rules.edit_not_text.advice": Both(
        fr="Renommez d'abord le dossier ou le fichier concerné, avec des lettres ordinaires.",
        en="Rename the folder or file first, with ordinary letters.",
    ),
}

_RULES = {
    "ruling.rules": Both(
        fr="Montre ou change les règles, sans toucher au reste du fichier.",
        en="Shows or changes the rules, and nothing else of the file.",
    ),
    "ruling.list": Both(fr="Les règles, une par ligne.", en="The rules, a line each."),
    "ruling.add": Both(
        fr="Ajoute une règle, et dit ce qu'elle prendrait maintenant.",
        en="Adds a rule, and says what it would take right now.",
    ),
    "ruling.add.name": Both(fr="Son nom, tel qu'on le verra dans les listes.", en="Its name, as lists will show it."),
    "ruling.add.drop": Both(
        fr="Le dossier surveillé chez chaque client ; {{millésime}} devient l'année, {{mois}} le mois.",
        en="The folder watched at each client's; {{millésime}} becomes the year, {{mois}} the month.",
    ),
    "ruling.add.type": Both(
        fr="Administratif, Facture de vente, Facture d'achat, Note de frais ou Autre.",
        en="Administratif, Facture de vente, Facture d'achat, Note de frais or Autre.",
    ),
    "ruling.add.archive": Both(
        fr="Où les documents transmis sont classés ; sinon ils restent où ils sont.",
        en="Where documents are filed once they are sent; else they stay where they are.",
    ),
    "ruling.add.destination": Both(
        fr="La destination ; inutile s'il n'y en a qu'une.", en="The destination; not needed where there is only one."
    ),
    "ruling.add.clients": Both(
        fr="Un client concerné, ou un modèle comme « SCI * » ; plusieurs fois si besoin. Sinon : tous.",
        en="A client that it is for, or a pattern such as 'SCI *'; as often as needed. Else: all.",
    ),
    "ruling.add.accept": Both(
        fr="Des fichiers acceptés, par exemple « *.pdf » ; plusieurs fois si besoin.",
        en="Files that are accepted, such as '*.pdf'; as often as needed.",
    ),
    "ruling.add.subfolders": Both(fr="Surveiller aussi les sous-dossiers.", en="Watch subfolders too."),
    "ruling.add.look_back": Both(
        fr="Combien de mois passés restent surveillés (0 à 24).",
        en="How many earlier months are still watched (0 to 24).",
    ),
    "ruling.add.settle": Both(
        fr="Combien de temps un fichier doit rester inchangé avant d'être envoyé, par exemple « 5s ».",
        en="How long a file must lie unchanged before it is sent, such as '5s'.",
    ),
    "ruling.add.done": Both(
        fr="Le nom du fichier témoin posé à côté d'un document terminé, où « name » entre accolades devient le nom du document.",
        en="The name of the file put beside a document when it is whole, where 'name' in braces becomes the document's name.",
    ),
    "ruling.add.max_size": Both(
        fr="La plus grande taille envoyée, par exemple « 25MB ».", en="The largest file that is sent, such as '25MB'."
    ),
    "ruling.add.encrypted": Both(
        fr="Un PDF protégé par un mot de passe : send (envoyer) ou refuse (marquer).",
        en="A PDF that needs a password: send or refuse.",
    ),
    "ruling.add.broken": Both(
        fr="Un fichier incomplet : send (envoyer) ou refuse (marquer).", en="A file that is not whole: send or refuse."
    ),
    "ruling.add.mismatch": Both(
        fr="Un fichier qui n'est pas ce que dit son nom : send (envoyer) ou refuse (marquer).",
        en="A file that is not what its name says: send or refuse.",
    ),
    "ruling.add.beneficiary": Both(
        fr="Notes de frais : la personne remboursée ; sinon le nom du client.",
        en="Expense reports: whose they are; else the client's name.",
    ),
    "ruling.add.send_as": Both(
        fr="Notes de frais : expense-bills (lues par Inqom) ou ExpenseReport (simple document).",
        en="Expense reports: expense-bills (read by Inqom) or ExpenseReport (a plain document).",
    ),
    "ruling.add.hold": Both(
        fr="Chaque document attend l'accord d'une personne.", en="Each document waits for a person's approval."
    ),
    "ruling.remove": Both(
        fr="Retire une règle. Par son nom ou son numéro dans « rules list » ; dit ce qui attend encore.",
        en="Removes a rule. By its name or its number in 'rules list'; says what still waits.",
    ),
    "ruling.column.number": Both(fr="N°", en="No."),
    "ruling.column.name": Both(fr="Règle", en="Rule"),
    "ruling.column.drop": Both(fr="Dépôt", en="Drop"),
    "ruling.column.type": Both(fr="Type", en="Type"),
    "ruling.column.archive": Both(fr="Archive", en="Archive"),
    "ruling.column.destination": Both(fr="Destination", en="Destination"),
    "ruling.column.clients": Both(fr="Clients", en="Clients"),
    "ruling.stays": Both(fr="(reste sur place)", en="(stays in place)"),
    "ruling.added": Both(
        fr="la règle « {name} » est enregistrée dans {path}", en="the rule '{name}' is saved in {path}"
    ),
    "ruling.removed": Both(
        fr="la règle « {name} » n'est plus dans {path}", en="the rule '{name}' is no longer in {path}"
    ),
    "ruling.no_such_rule": Both(
        fr="aucune règle ne s'appelle « {sought} ». Il y a : {names}",
        en="no rule is called '{sought}'. There are: {names}",
    ),
    "ruling.no_such_rule.advice": Both(
        fr="Donnez le nom d'une règle, ou son numéro dans « pushdoc rules list ».",
        en="Give the name of a rule, or its number in 'pushdoc rules list'.",
    ),
    "ruling.takes": Both(
        fr="Maintenant : {folders} {folders:?dossier surveillé existe|dossiers surveillés existent}, {missing} {missing:?manque|manquent} ; elle prendrait {files} {files:?fichier|fichiers} ({size:bytes})",
        en="Right now: {folders} {folders:?watched folder is|watched folders are} there, {missing} missing; it would take {files} {files:?file|files} ({size:bytes})",
    ),
    "ruling.leaves": Both(
        fr="{count} {count:?autre fichier n'est pas accepté et resterait|autres fichiers ne sont pas acceptés et resteraient} sur place",
        en="{count} other {count:?file is|files are} not accepted and would stay",
    ),
    "ruling.not_all": Both(
        fr="(tous les dossiers n'ont pas pu être regardés en quelques secondes)",
        en="(not all folders could be looked at within a few seconds)",
    ),
    "ruling.no_folder_yet": Both(
        fr="Pour créer les dossiers du mois chez tous les clients : pushdoc folders --create",
        en="To make this month's folders for all clients: pushdoc folders --create",
    ),
    "ruling.waits": Both(
        fr="{count} {count:?document de cette règle n'est pas arrivé|documents de cette règle ne sont pas arrivés} à {count:?son|leur} terme : {states}. À voir : pushdoc list --rule « {name} »",
        en="{count} {count:?document|documents} of this rule {count:?is|are} not at the end of the way: {states}. To see: pushdoc list --rule '{name}'",
    ),
    "ruling.next_start": Both(
        fr="pushdoc ne tourne pas : ce changement vaudra à son prochain démarrage",
        en="pushdoc is not running: the change holds from its next start",
    ),
    "ruling.reload_unnamed": Both(
        fr="pushdoc tourne : pour qu'il en tienne compte, « systemctl reload pushdoc »",
        en="pushdoc is running: for it to take this up, 'systemctl reload pushdoc'",
    ),
    "ruling.reload": Both(
        fr="pushdoc tourne : pour qu'il en tienne compte, « systemctl reload pushdoc » (ou « kill -HUP {pid} »)",
        en="pushdoc is running: for it to take this up, 'systemctl reload pushdoc' (or 'kill -HUP {pid}')",
    ),
}

_WHERE = {
    "ruling.left_out": Both(
        fr="le client « {client} » n'est pas parmi les clients choisis (« only » sous [clients])",
        en="the client '{client}' is not among the chosen ones ('only' under [clients])",
    ),
    "ruling.left_out.advice": Both(
        fr="Ajoutez-le à « only » dans le fichier de règles, ou par « pushdoc init ».",
        en="Add it to 'only' in the rules file, or with 'pushdoc init'.",
    ),
}

PHRASES = _EDIT | _RULES | _WHERE
