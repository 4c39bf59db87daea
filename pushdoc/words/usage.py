"""What the command line says of how it is used: the fixed words of its help, and what was typed wrongly.

The English is click's own, where click has a sentence for it.
"""

from pushdoc.words.phrase import Both

PHRASES = {
    "usage.usage": Both(fr="Usage :", en="Usage:"),
    "usage.options": Both(fr="Options :", en="Options:"),
    "usage.commands": Both(fr="Commandes :", en="Commands:"),
    "usage.command": Both(fr="COMMANDE [ARGUMENTS]…", en="COMMAND [ARGS]..."),
    "usage.help": Both(fr="Affiche cette aide et s'arrête.", en="Show this message and exit."),
    "usage.required": Both(fr="obligatoire", en="required"),
    "usage.default": Both(fr="par défaut : {value}", en="default: {value}"),
    "usage.between": Both(fr="de {low} à {high}", en="{low}<=x<={high}"),
    "usage.at_least": Both(fr="au moins {low}", en="x>={low}"),
    "usage.at_most": Both(fr="au plus {high}", en="x<={high}"),
    "usage.try": Both(fr="Pour l'aide, tapez « {command} ».", en="Try '{command}' for help."),
    "usage.error": Both(fr="Erreur : {message}", en="Error: {message}"),
    "usage.quoted": Both(fr="« {name} »", en="'{name}'"),
    "usage.or": Both(fr="{names} ou {last}", en="{names} or {last}"),
    "usage.no_option": Both(fr="l'option « {name} » n'existe pas", en="No such option '{name}'."),
    "usage.no_option_near": Both(
        fr="l'option « {name} » n'existe pas ; vouliez-vous dire {near} ?",
        en="No such option '{name}'. Did you mean {near}?",
    ),
    "usage.no_command": Both(fr="la commande « {name} » n'existe pas", en="No such command '{name}'."),
    "usage.no_command_near": Both(
        fr="la commande « {name} » n'existe pas ; vouliez-vous dire {near} ?",
        en="No such command '{name}'. Did you mean {near}?",
    ),
    "usage.missing_command": Both(fr="il manque une commande", en="Missing command."),
    "usage.missing_option": Both(fr="il manque l'option {name}", en="Missing option {name}."),
    "usage.missing_argument": Both(fr="il manque l'argument {name}", en="Missing argument {name}."),
    "usage.one_too_many": Both(fr="argument de trop : {arguments}", en="Got unexpected extra argument ({arguments})"),
    "usage.too_many": Both(fr="arguments de trop : {arguments}", en="Got unexpected extra arguments ({arguments})"),
    "usage.value_missing": Both(fr="l'option « {name} » attend une valeur", en="Option '{name}' requires an argument."),
    "usage.value_needless": Both(
        fr="l'option « {name} » n'attend pas de valeur", en="Option '{name}' does not take a value."
    ),
    "usage.wrong": Both(fr="valeur incorrecte pour {name} : {message}", en="Invalid value for {name}: {message}"),
    "usage.no_integer": Both(fr="« {read} » n'est pas un nombre entier", en="'{read}' is not a valid integer."),
    "usage.out_of_range": Both(fr="{number} est hors limites ({range})", en="{number} is not in the range {range}."),
    "usage.no_choice": Both(fr="« {read} » n'est pas prévu ; au choix : {known}", en="'{read}' is not one of {known}."),
    "usage.no_path": Both(fr="« {read} » n'existe pas", en="'{read}' does not exist."),
    "usage.is_file": Both(fr="« {read} » est un fichier, il faut un dossier", en="'{read}' is a file, not a folder."),
    "usage.is_folder": Both(fr="« {read} » est un dossier, il faut un fichier", en="'{read}' is a folder, not a file."),
    "usage.unreadable": Both(fr="« {read} » ne peut pas être lu", en="'{read}' is not readable."),
    "usage.unwritable": Both(fr="« {read} » ne peut pas être modifié", en="'{read}' is not writable."),
}
