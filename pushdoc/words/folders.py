"""What `pushdoc folders` says to people, and making the folders."""

from pushdoc.words.phrase import Both

PHRASES = {
    "folders.help": Both(
        fr="Les dossiers de dépôt qui manquent ce mois-ci.\n\nAvec « --create », ils sont créés.",
        en="This month's drop folders that clients lack.\n\nWith `--create` they are made.",
    ),
    "folders.create": Both(
        fr="Créer ceux qui manquent, avec le propriétaire, le groupe et les droits du dossier qui les contient.",
        en="Make those that are missing, with the owner, group and mode of the folder they lie in.",
    ),
    "folders.client": Both(
        fr="Seulement ce client, ou un modèle comme « SCI * » ; plusieurs fois si besoin.",
        en="Only this client, or a pattern such as 'SCI *'; as often as needed.",
    ),
    "folders.missing": Both(
        fr="{period} : {count} {count:?dossier de dépôt manque|dossiers de dépôt manquent}, {there} {there:?existe|existent}",
        en="{period}: {count} drop {count:?folder is|folders are} missing, {there} {there:?is|are} there",
    ),
    "folders.how": Both(fr="Pour les créer : pushdoc folders --create", en="To make them: pushdoc folders --create"),
    "folders.made": Both(
        fr="{period} : {count} {count:?dossier de dépôt créé|dossiers de dépôt créés}, {there} {there:?existait|existaient} déjà",
        en="{period}: {count} drop {count:?folder|folders} made, {there} {there:?was|were} there",
    ),
    "folders.failed": Both(
        fr="{count} {count:?dossier de dépôt ne peut pas exister|dossiers de dépôt ne peuvent pas exister} : {why}",
        en="{count} drop {count:?folder|folders} cannot be: {why}",
    ),
    "folders.more": Both(fr="… et {count} de plus", en="… and {count} more"),
    "folders.no_client": Both(
        fr="aucun client actif ne correspond à « {client} »", en="no active client is meant by '{client}'"
    ),
    "folders.no_client.advice": Both(
        fr="Donnez le nom d'un dossier client, ou un modèle comme « SCI * ».",
        en="Give the name of a client's folder, or a pattern such as 'SCI *'.",
    ),
    "folders.no_root": Both(
        fr="le dossier des clients {path} n'existe pas, ou ce compte n'y entre pas",
        en="the clients' folder {path} is not there, or this account may not enter it",
    ),
    "folders.no_root.advice": Both(
        fr="Corrigez « root » sous [clients], montez le partage, ou lancez la commande sous le compte de pushdoc.",
        en="Mend 'root' under [clients], mount the share, or run the command as pushdoc's account.",
    ),
    "drops.no_client": Both(fr="le client n'a pas de dossier", en="the client has no folder"),
    "drops.no_client.advice": Both(
        fr="Vérifiez l'orthographe dans la table des clients, ou créez le dossier du client.",
        en="See to the spelling in the table of clients, or make the client's folder.",
    ),
    "drops.barred": Both(
        fr="un lien ou un fichier se trouve là où il faut un dossier",
        en="a link or a file stands where a folder should",
    ),
    "drops.barred.advice": Both(
        fr="Déplacez-le : pushdoc ne suit aucun lien dans les dossiers des clients.",
        en="Move it away: pushdoc follows no link in clients' folders.",
    ),
    "drops.forbidden": Both(
        fr="ce compte n'a pas le droit d'y entrer ou d'y créer un dossier",
        en="this account may not enter there, or make a folder",
    ),
    "drops.forbidden.advice": Both(
        fr="Lancez la commande sous le compte de pushdoc ou avec « sudo », ou corrigez les droits du dossier.",
        en="Run the command as pushdoc's account or with 'sudo', or mend the folder's rights.",
    ),
    "drops.failed": Both(fr="le système refuse ({error})", en="the system refuses ({error})"),
}
