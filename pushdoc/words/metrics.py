"""What is said of the numbers for monitoring."""

from pushdoc.words.phrase import Both

PHRASES = {
    "metrics.no_library": Both(
        fr="[metrics] demande des mesures pour Prometheus, mais il manque à pushdoc ce qu'il faut pour les écrire (prometheus-client)",
        en="[metrics] asks for numbers for Prometheus, but what pushdoc writes them with is missing (prometheus-client)",
    ),
    "metrics.no_library.advice": Both(
        fr="Installez le complément : pip install 'pushdoc[metrics]' ; ou retirez [metrics] des règles",
        en="Install the extra: pip install 'pushdoc[metrics]'; or take [metrics] out of the rules",
    ),
    "metrics.file": Both(fr="fichier de mesures {path}", en="metrics file {path}"),
    "metrics.file_barred": Both(
        fr="le fichier de mesures {path} ne peut pas être écrit",
        en="the metrics file {path} cannot be written",
    ),
    "metrics.file_barred.advice": Both(
        fr="Créez son dossier, et donnez à l'utilisateur de pushdoc le droit d'y écrire ; sous systemd, relancez « pushdoc service install »",
        en="Make its folder, and give pushdoc's user the right to write in it; under systemd, run `pushdoc service install` again",
    ),
    "metrics.port": Both(fr="mesures sur le port {port}", en="metrics at port {port}"),
    "metrics.port_taken": Both(
        fr="le port {port} des mesures est pris par un autre programme",
        en="port {port} of the metrics is taken by another program",
    ),
    "metrics.port_taken.advice": Both(
        fr="Choisissez un autre port dans [metrics] ; les documents partent quand même",
        en="Choose another port in [metrics]; documents are sent all the same",
    ),
}
