"""What the watch says: folders that cannot be read, things that are no documents, hints that cannot be had."""

from pushdoc.words.phrase import Both

PHRASES = {
    "watch.root_gone": Both(
        fr="Le dossier des clients n'est pas là : {path}",
        en="The clients' folder is not there: {path}",
    ),
    "watch.root_gone.advice": Both(
        fr="Vérifiez que le disque ou le partage est monté. En attendant, aucun document n'est tenu pour supprimé.",
        en="Check that the disk or share is mounted. Until then no document is taken for deleted.",
    ),
    "watch.root_empty": Both(
        fr="Le dossier des clients est vide, alors qu'il ne l'était pas : {path} (absent depuis le {since:time})",
        en="The clients' folder is empty, and was not: {path} (away since {since:time})",
    ),
    "watch.root_empty.advice": Both(
        fr="Montez le disque ou le partage des clients. En attendant, aucun document n'est tenu pour supprimé, "
        "et rien n'est écrit dans ce dossier.",
        en="Mount the clients' disk or share. Until then no document is taken for deleted, "
        "and nothing is written in this folder.",
    ),
    "watch.root_changed": Both(
        fr="Un autre disque se trouve à la place du dossier des clients : {path} (depuis le {since:time})",
        en="Another disk stands in the place of the clients' folder: {path} (since {since:time})",
    ),
    "watch.root_changed.advice": Both(
        fr="Remontez le disque ou le partage des clients. Si c'est bien le nouveau, redémarrez pushdoc.",
        en="Mount the clients' disk or share again. If this is the new one, restart pushdoc.",
    ),
    "watch.root_of_others": Both(
        fr="Le dossier des clients est celui d'un autre pushdoc : {path} (depuis le {since:time})",
        en="The clients' folder is that of another pushdoc: {path} (since {since:time})",
    ),
    "watch.root_of_others.advice": Both(
        fr="Remontez le bon partage : rien n'est pris ici tant qu'il n'est pas de retour.",
        en="Mount the right share: nothing is taken here until it is back.",
    ),
    "watch.same_elsewhere": Both(
        fr="… et {count} autre{count:?|s} dossier{count:?|s} dans le même cas",
        en="… and {count} other {count:?folder|folders} likewise",
    ),
    "watch.unmounted": Both(
        fr="Le partage n'est plus monté depuis le {since:time} : {path}",
        en="The share has not been mounted since {since:time}: {path}",
    ),
    "watch.unmounted.advice": Both(
        fr="Montez-le à nouveau ; pushdoc reprend alors de lui-même et ne tient rien pour supprimé en attendant. S'il "
        "ne doit plus l'être : « systemctl reload pushdoc ».",
        en="Mount it again; pushdoc then goes on by itself and takes nothing for deleted meanwhile. If it is not meant "
        "to be any more: `systemctl reload pushdoc`.",
    ),
    "watch.hanging": Both(
        fr="Le partage ne répond plus depuis le {since:time} : {path}",
        en="The share has not answered since {since:time}: {path}",
    ),
    "watch.hanging.advice": Both(
        fr="Vérifiez le serveur et le réseau. Les autres dossiers continuent ; pushdoc reprend ceux-ci de lui-même et "
        "ne tient rien pour supprimé en attendant.",
        en="Check the server and the network. Other folders go on; pushdoc takes these up again by itself and takes "
        "nothing for deleted meanwhile.",
    ),
    "watch.folder_hangs": Both(
        fr="Le dossier ne répond pas, alors que le partage répond : {path}",
        en="The folder does not answer, while its share does: {path}",
    ),
    "watch.folder_hangs.advice": Both(
        fr="Vérifiez le disque du serveur. Les autres dossiers continuent ; celui-ci est réessayé de plus en plus "
        "rarement, au moins une fois par heure.",
        en="Check the server's disk. Other folders go on; this one is tried less and less often, at least once an hour.",
    ),
    "watch.no_scout": Both(
        fr="Le dossier n'a pas pu être lu à part ({said}) : {path}",
        en="The folder could not be looked at by a process of its own ({said}): {path}",
    ),
    "watch.no_scout.advice": Both(
        fr="Vérifiez la mémoire et le nombre de processus permis au compte de pushdoc ; il essaie encore à chaque passage.",
        en="Check the memory and the number of processes that pushdoc's account may have; it tries again at every look.",
    ),
    "watch.no_right": Both(
        fr="Lecture refusée : {path}",
        en="Not allowed to read {path}",
    ),
    "watch.no_right.advice": Both(
        fr="Donnez au compte de pushdoc le droit de lire et d'ouvrir ce dossier ou ce fichier.",
        en="Give pushdoc's account the right to read and enter it.",
    ),
    "watch.away": Both(
        fr="Le disque ou le partage ne répond pas ({error}) : {path}",
        en="The disk or share does not answer ({error}): {path}",
    ),
    "watch.away.advice": Both(
        fr="Rétablissez le partage. pushdoc reprend de lui-même et ne tient rien pour supprimé en attendant.",
        en="Bring the share back. pushdoc goes on by itself and takes nothing for deleted meanwhile.",
    ),
    "watch.unreadable": Both(
        fr="Lecture impossible ({error}) : {path}",
        en="It cannot be read ({error}): {path}",
    ),
    "watch.unreadable.advice": Both(
        fr="Vérifiez le disque ou le partage ; pushdoc essaie encore à chaque passage.",
        en="Check the disk or share; pushdoc tries again at every look.",
    ),
    "watch.not_a_folder": Both(
        fr="Un lien ou un fichier se trouve à la place d'un dossier : {path}",
        en="A link or a file stands where a folder should: {path}",
    ),
    "watch.not_a_folder.advice": Both(
        fr="Remplacez-le par un vrai dossier : pushdoc ne suit pas les liens.",
        en="Put a real folder there: pushdoc follows no links.",
    ),
    "watch.link": Both(
        fr="Un lien, et non un document : {path}",
        en="A link, not a document: {path}",
    ),
    "watch.link.advice": Both(
        fr="Déposez le document lui-même : pushdoc ne suit pas les liens.",
        en="Drop the document itself: pushdoc follows no links.",
    ),
    "watch.folder_like_document": Both(
        fr="Un dossier qui porte le nom d'un document : {path}",
        en="A folder with the name of a document: {path}",
    ),
    "watch.folder_like_document.advice": Both(
        fr="Déposez les documents qu'il contient, ou renommez-le.",
        en="Drop the documents in it, or rename it.",
    ),
    "watch.special": Both(
        fr="Ni un document ni un dossier : {path}",
        en="Neither a document nor a folder: {path}",
    ),
    "watch.special.advice": Both(
        fr="Retirez-le de ce dossier.",
        en="Take it out of this folder.",
    ),
    "watch.too_deep": Both(
        fr="Trop de dossiers les uns dans les autres (plus de {depth}) : {path}",
        en="Too many folders within folders (more than {depth}): {path}",
    ),
    "watch.too_deep.advice": Both(
        fr="Rapprochez ces documents du dossier de dépôt : ceux qui sont plus bas ne sont pas vus.",
        en="Bring these documents nearer to the drop folder: what lies deeper is not seen.",
    ),
    "watch.watch_limit": Both(
        fr="{count} {count:?dossier n'est surveillé|dossiers ne sont surveillés} que par passages réguliers : "
        "la machine n'accorde pas plus de surveillances immédiates (remède : sysctl fs.inotify.max_user_watches={enough})",
        en="{count} {count:?folder is|folders are} watched by regular looks only: "
        "the machine grants no more immediate watches (remedy: sysctl fs.inotify.max_user_watches={enough})",
    ),
    "watch.watch_limit.advice": Both(
        fr="Rien n'est perdu, mais tout y est vu plus tard. Faites exécuter la commande par root, et inscrivez la "
        "valeur dans /etc/sysctl.d pour qu'elle survive à un redémarrage.",
        en="Nothing is lost, but it is seen later. Let root run the command, and write the value in /etc/sysctl.d so "
        "that it outlives a restart.",
    ),
    "watch.instance_limit": Both(
        fr="{count} {count:?dossier n'est surveillé|dossiers ne sont surveillés} que par passages réguliers : "
        "trop de programmes de ce compte surveillent des dossiers "
        "(remède : sysctl fs.inotify.max_user_instances={enough})",
        en="{count} {count:?folder is|folders are} watched by regular looks only: "
        "too many programs of this account watch folders (remedy: sysctl fs.inotify.max_user_instances={enough})",
    ),
    "watch.instance_limit.advice": Both(
        fr="Rien n'est perdu, mais tout y est vu plus tard. Faites exécuter la commande par root, et inscrivez la "
        "valeur dans /etc/sysctl.d pour qu'elle survive à un redémarrage.",
        en="Nothing is lost, but it is seen later. Let root run the command, and write the value in /etc/sysctl.d so "
        "that it outlives a restart.",
    ),
    "watch.listening": Both(
        fr="Surveillance immédiate : {heard} {heard:?dossier|dossiers}, et {polled} par passages réguliers seulement",
        en="Watched at once: {heard} {heard:?folder|folders}, and {polled} by regular looks only",
    ),
    "watch.mended": Both(
        fr="Surveillance rétablie depuis le démarrage : {overflows} {overflows:?débordement|débordements}, "
        "{revivals} {revivals:?arrêt|arrêts}, {rearmed} {rearmed:?dossier remplacé|dossiers remplacés}",
        en="Watching mended since the start: {overflows} {overflows:?overflow|overflows}, "
        "{revivals} {revivals:?standstill|standstills}, {rearmed} {rearmed:?folder|folders} replaced",
    ),
    "watch.mended.advice": Both(
        fr="Rien n'est perdu : tous les dossiers ont été relus à chaque fois.",
        en="Nothing is lost: all folders were looked at again each time.",
    ),
    "watch.unheard": Both(
        fr="{count} {count:?dossier n'est surveillé|dossiers ne sont surveillés} que par passages réguliers "
        "({error}), dont {path}",
        en="{count} {count:?folder is|folders are} watched by regular looks only ({error}), among them {path}",
    ),
    "watch.unheard.advice": Both(
        fr="Vérifiez que le compte de pushdoc peut lire ces dossiers et que leur disque répond.",
        en="Check that pushdoc's account can read these folders and that their disk answers.",
    ),
}
