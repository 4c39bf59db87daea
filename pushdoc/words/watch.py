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
        "la machine n'accorde pas plus de surveillances immédiates",
        en="{count} {count:?folder is|folders are} watched by regular looks only: "
        "the machine grants no more immediate watches",
    ),
    "watch.watch_limit.advice": Both(
        fr="Rien n'est perdu, mais tout y est vu plus tard. Pour en accorder davantage : "
        "sysctl fs.inotify.max_user_watches={enough}",
        en="Nothing is lost, but it is seen later. To grant more: sysctl fs.inotify.max_user_watches={enough}",
    ),
    "watch.instance_limit": Both(
        fr="{count} {count:?dossier n'est surveillé|dossiers ne sont surveillés} que par passages réguliers : "
        "trop de programmes de ce compte surveillent des dossiers",
        en="{count} {count:?folder is|folders are} watched by regular looks only: "
        "too many programs of this account watch folders",
    ),
    "watch.instance_limit.advice": Both(
        fr="Rien n'est perdu, mais tout y est vu plus tard. Pour en accorder davantage : "
        "sysctl fs.inotify.max_user_instances={enough}",
        en="Nothing is lost, but it is seen later. To grant more: sysctl fs.inotify.max_user_instances={enough}",
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
