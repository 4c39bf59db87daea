"""What the sandbox says to people; its answers over HTTP are not here: they are Inqom's, for programs."""

from pushdoc.words.phrase import Both

PHRASES = {
    "sandbox.port_taken": Both(
        fr="Le port {port} ne peut pas être ouvert sur cette machine : {error}. "
        "Choisissez-en un autre avec --port, ou 0 pour un port libre.",
        en="Port {port} cannot be opened on this machine: {error}. Choose another with --port, or 0 for a free one.",
    ),
    "sandbox.fault_unknown": Both(
        fr="Panne inconnue : « {kind} ». Pannes connues : {known}.",
        en="Unknown fault: “{kind}”. Known faults: {known}.",
    ),
    "sandbox.fault_route_unknown": Both(
        fr="Groupe de requêtes inconnu : « {route} ». Groupes connus : {known}.",
        en="Unknown group of requests: “{route}”. Known groups: {known}.",
    ),
    "sandbox.fault_malformed": Both(
        fr="« {word} » ne se lit pas comme une panne. Écrivez PANNE=TAUX, avec un taux de 0 à 1 (503=0.1), "
        "ou PANNE=next:N pour les N prochaines requêtes (429=next:3) ; @upload, @read, @folders ou @token "
        "après la panne la limite à ces requêtes.",
        en="“{word}” cannot be read as a fault. Write KIND=RATE, with a rate of 0 to 1 (503=0.1), "
        "or KIND=next:N for the next N requests (429=next:3); @upload, @read, @folders or @token "
        "after the kind limits it to those requests.",
    ),
    "sandbox.folders_unreadable": Both(
        fr="fichier de dossiers illisible : {error}",
        en="the file of folders cannot be read: {error}",
    ),
    "sandbox.folders_suffix": Both(
        fr="« {suffix} » n'est pas un format connu : le nom doit finir par .toml, .json ou .csv",
        en="“{suffix}” is not a known format: the name must end in .toml, .json or .csv",
    ),
    "sandbox.folders_shape": Both(
        fr="seules les tables [[company]] et [[folder]] sont attendues (en JSON : des tableaux d'objets)",
        en="only the tables [[company]] and [[folder]] are expected (in JSON: arrays of objects)",
    ),
    "sandbox.folders_none": Both(
        fr="aucun dossier dans ce fichier : il en faut au moins un, avec id et name",
        en="no folder in this file: one at least is needed, with id and name",
    ),
    "sandbox.folders_key": Both(
        fr="ligne {number} de la table : clé inconnue « {key} » (attendu : {known})",
        en="row {number} of the table: unknown key “{key}” (expected: {known})",
    ),
    "sandbox.folders_column": Both(
        fr="colonne inconnue « {column} » (attendu : {known})",
        en="unknown column “{column}” (expected: {known})",
    ),
    "sandbox.folders_cells": Both(
        fr="ligne {number} de la table : plus de cellules que de colonnes",
        en="row {number} of the table: more cells than columns",
    ),
    "sandbox.folders_value": Both(
        fr="ligne {number} de la table : « {given} » ne convient pas pour {key} (attendu : {expected})",
        en="row {number} of the table: “{given}” will not do for {key} (expected: {expected})",
    ),
    "sandbox.folders_siret": Both(
        fr="ligne {number} de la table : le SIRET « {given} » doit avoir 14 chiffres et se passer de siren et nic ; "
        "pour un numéro volontairement faux, écrivez siren et nic",
        en="row {number} of the table: the SIRET “{given}” must have 14 digits and no siren or nic beside it; "
        "for a number that is wrong on purpose, write siren and nic",
    ),
    "sandbox.folder_twice": Both(
        fr="le dossier {id} figure deux fois",
        en="folder {id} is there twice",
    ),
}
