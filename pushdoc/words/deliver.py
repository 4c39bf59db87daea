"""What is said about the network, whichever the service."""

from pushdoc.words.phrase import Both

_PASSES = Both(
    fr="pushdoc réessaie de lui-même. Si cela dure, vérifiez l'accès de cette machine à Internet, puis l'état du service.",
    en="pushdoc tries again by itself. If this lasts, check this machine's access to the Internet, then the service's "
    "state.",
)

PHRASES = {
    "deliver.name_unknown": Both(
        fr="nom inconnu : « {host} »",
        en="unknown name: “{host}”",
    ),
    "deliver.name_unknown.advice": Both(
        fr="Vérifiez l'adresse dans le fichier de règles, puis l'accès de cette machine à Internet (DNS).",
        en="Check the address in the rules file, then this machine's access to the Internet (DNS).",
    ),
    "deliver.connection_refused": Both(
        fr="« {host} » refuse la connexion",
        en="“{host}” refuses the connection",
    ),
    "deliver.connection_refused.advice": Both(
        fr="Le service est peut-être arrêté, ou un pare-feu bloque la sortie. Vérifiez aussi le port de l'adresse.",
        en="The service may be down, or a firewall may block the way out. Check the address's port too.",
    ),
    "deliver.no_route": Both(
        fr="« {host} » est injoignable : {error}",
        en="“{host}” cannot be reached: {error}",
    ),
    "deliver.no_route.advice": Both(
        fr="Vérifiez l'accès de cette machine au réseau.",
        en="Check this machine's access to the network.",
    ),
    "deliver.certificate": Both(
        fr="le certificat de « {host} » n'est pas accepté : {error}",
        en="the certificate of “{host}” is not accepted: {error}",
    ),
    "deliver.certificate.advice": Both(
        fr="Si le cabinet inspecte les connexions chiffrées, ajoutez son autorité de certification au magasin de cette "
        "machine ; sinon, vérifiez l'adresse et la date de cette machine. Rien n'a été envoyé.",
        en="If the firm inspects encrypted connections, add its certificate authority to this machine's store; "
        "if not, check the address and this machine's date. Nothing was sent.",
    ),
    "deliver.tls": Both(
        fr="la connexion chiffrée avec « {host} » ne s'établit pas : {error}",
        en="no encrypted connection to “{host}” can be made: {error}",
    ),
    "deliver.tls.advice": Both(
        fr="Vérifiez que l'adresse commence comme il faut (https:// ou http://) et que le port est le bon.",
        en="Check that the address begins as it should (https:// or http://) and has the right port.",
    ),
    "deliver.connect_timeout": Both(
        fr="« {host} » ne répond pas à la connexion",
        en="“{host}” does not answer when called",
    ),
    "deliver.connect_timeout.advice": _PASSES,
    "deliver.read_timeout": Both(
        fr="« {host} » n'a pas répondu à temps",
        en="“{host}” did not answer in time",
    ),
    "deliver.read_timeout.advice": _PASSES,
    "deliver.write_timeout": Both(
        fr="« {host} » ne prend plus ce qui lui est envoyé",
        en="“{host}” has stopped taking what is sent to it",
    ),
    "deliver.write_timeout.advice": _PASSES,
    "deliver.overdue": Both(
        fr="« {host} » est trop lent : la requête a été interrompue après {seconds:length}",
        en="“{host}” is too slow: the request was cut off after {seconds:length}",
    ),
    "deliver.overdue.advice": _PASSES,
    "deliver.hung_up": Both(
        fr="« {host} » a coupé la connexion",
        en="“{host}” cut the connection",
    ),
    "deliver.hung_up.advice": _PASSES,
    "deliver.garbled": Both(
        fr="« {host} » a donné une réponse qui n'est pas du HTTP correct",
        en="“{host}” gave an answer that is not proper HTTP",
    ),
    "deliver.garbled.advice": _PASSES,
    "deliver.stopped": Both(
        fr="pushdoc s'arrête : l'envoi a été interrompu",
        en="pushdoc is stopping: the request was cut short",
    ),
    "deliver.stopped.advice": _PASSES,
    "deliver.busy": Both(
        fr="toutes les connexions vers « {host} » sont occupées",
        en="all connections to “{host}” are busy",
    ),
    "deliver.busy.advice": _PASSES,
}
