"""What is said of the mail server."""

from pushdoc.words.phrase import Both

PHRASES = {
    "post.unknown_host": Both(
        fr="messagerie : le serveur {host} est inconnu du réseau ({server})",
        en="mail: the network knows no server {host} ({server})",
    ),
    "post.unknown_host.advice": Both(
        fr="Corrigez host sous [mail], ou vérifiez le DNS de cette machine.",
        en="Mend host under [mail], or see to this machine's DNS.",
    ),
    "post.refused": Both(fr="messagerie : {server} refuse la connexion", en="mail: {server} refuses the connection"),
    "post.refused.advice": Both(
        fr="Vérifiez port sous [mail] (587 avec starttls, 465 avec tls), et que le serveur est en marche.",
        en="See to port under [mail] (587 with starttls, 465 with tls), and that the server is up.",
    ),
    "post.silent": Both(fr="messagerie : {server} ne répond pas", en="mail: {server} does not answer"),
    "post.silent.advice": Both(
        fr='Vérifiez port sous [mail] et le pare-feu. Un port 465 qui se tait attend security = "tls".',
        en='See to port under [mail] and to the firewall. A port 465 that is silent waits for security = "tls".',
    ),
    "post.unreached": Both(
        fr="messagerie : {server} est injoignable ({error})", en="mail: {server} cannot be reached ({error})"
    ),
    "post.unreached.advice": Both(
        fr="Vérifiez le réseau et le pare-feu entre cette machine et le serveur.",
        en="See to the network and the firewall between this machine and the server.",
    ),
    "post.no_smtp": Both(
        fr="messagerie : ce qui répond sur {server} n'est pas un serveur de messagerie, ou il a raccroché",
        en="mail: what answers at {server} is no mail server, or it has hung up",
    ),
    "post.no_smtp.advice": Both(
        fr="Corrigez host et port sous [mail] : le port d'envoi est 587 ou 465, jamais 993 ni 443.",
        en="Mend host and port under [mail]: the port for sending is 587 or 465, never 993 or 443.",
    ),
    "post.hung_up": Both(
        fr="messagerie : {server} a coupé la connexion en pleine conversation",
        en="mail: {server} has cut the connection in the middle of the talk",
    ),
    "post.hung_up.advice": Both(
        fr="Recommencez ; si cela se répète, demandez à l'hébergeur de la messagerie s'il bloque cette machine.",
        en="Try again; if it stays so, ask whoever runs the mail server whether this machine is blocked.",
    ),
    "post.no_starttls": Both(
        fr="messagerie : {server} ne propose pas STARTTLS ({answer}) ; le mot de passe n'est pas parti",
        en="mail: {server} offers no STARTTLS ({answer}); the password has not gone out",
    ),
    "post.no_starttls.advice": Both(
        fr='Écrivez port = 465 et security = "tls" sous [mail] ; "none" seulement pour un serveur de cette machine.',
        en='Write port = 465 and security = "tls" under [mail]; "none" only for a server on this machine.',
    ),
    "post.certificate": Both(
        fr="messagerie : le certificat de {server} n'est pas valable ({error}) ; le mot de passe n'est pas parti",
        en="mail: the certificate of {server} is not in order ({error}); the password has not gone out",
    ),
    "post.certificate.advice": Both(
        fr="Écrivez dans host le nom qui figure sur le certificat, ou ajoutez l'autorité du cabinet à celles de la "
        "machine (update-ca-certificates).",
        en="Write in host the name that the certificate bears, or add the firm's authority to the machine's "
        "(update-ca-certificates).",
    ),
    "post.no_tls": Both(
        fr="messagerie : {server} ne parle pas TLS ({error})", en="mail: {server} does not speak TLS ({error})"
    ),
    "post.no_tls.advice": Both(
        fr='Avec security = "tls", le port est 465 ; pour le port 587, écrivez security = "starttls".',
        en='With security = "tls" the port is 465; for port 587 write security = "starttls".',
    ),
    "post.no_login": Both(
        fr="messagerie : {server} ne propose aucune connexion par mot de passe pour « {username} »",
        en="mail: {server} offers no login by password for “{username}”",
    ),
    "post.no_login.advice": Both(
        fr="Prenez le port d'envoi (587) plutôt que 25 ; si le serveur n'en demande pas, enlevez username et password.",
        en="Take the port for sending (587) rather than 25; if the server asks for none, take username and password out.",
    ),
    "post.login_refused": Both(
        fr="messagerie : {server} refuse le compte « {username} » ou son mot de passe ({answer})",
        en="mail: {server} refuses the account “{username}” or its password ({answer})",
    ),
    "post.login_refused.advice": Both(
        fr="Corrigez username, ou le mot de passe à l'endroit que password désigne. Microsoft 365 et Google veulent un "
        "mot de passe d'application.",
        en="Mend username, or the password in the place that password names. Microsoft 365 and Google want an "
        "application's own password.",
    ),
    "post.login_later": Both(
        fr="messagerie : {server} ne peut vérifier le mot de passe en ce moment ({answer})",
        en="mail: {server} cannot verify the password just now ({answer})",
    ),
    "post.login_later.advice": Both(
        fr="Recommencez dans quelques minutes : trop d'essais, ou une panne chez l'hébergeur.",
        en="Try again in some minutes: too many tries, or a fault on the server's side.",
    ),
    "post.sender_refused": Both(
        fr="messagerie : {server} refuse l'expéditeur {sender} ({answer})",
        en="mail: {server} refuses the sender {sender} ({answer})",
    ),
    "post.sender_refused.advice": Both(
        fr="Écrivez dans sender une adresse que ce compte a le droit d'employer.",
        en="Write in sender an address that this account may use.",
    ),
    "post.not_now": Both(
        fr="messagerie : {server} ne prend pas de message pour {recipient} en ce moment ({answer})",
        en="mail: {server} takes no mail for {recipient} just now ({answer})",
    ),
    "post.not_now.advice": Both(
        fr="Rien à faire : pushdoc recommence de lui-même. Si cela dure, demandez à l'hébergeur de la messagerie.",
        en="Nothing to do: pushdoc tries again by itself. If it lasts, ask whoever runs the mail server.",
    ),
    "post.recipient_refused": Both(
        fr="messagerie : {server} refuse le destinataire {recipient} ({answer})",
        en="mail: {server} refuses the recipient {recipient} ({answer})",
    ),
    "post.recipient_refused.advice": Both(
        fr="Corrigez l'adresse dans le fichier des règles, ou demandez à l'hébergeur de la messagerie pourquoi il la "
        "refuse.",
        en="Mend the address in the rules file, or ask whoever runs the mail server why it is refused.",
    ),
    "post.mail_refused": Both(
        fr="messagerie : {server} refuse le message pour {recipient} ({answer})",
        en="mail: {server} refuses the mail for {recipient} ({answer})",
    ),
    "post.mail_refused.advice": Both(
        fr="Demandez à l'hébergeur de la messagerie pourquoi, avec ce numéro : filtre anti-spam, taille, ou boîte pleine.",
        en="Ask whoever runs the mail server why, by this number: a spam filter, the size, or a full mailbox.",
    ),
    "post.no_answer": Both(
        fr="messagerie : {server} n'a pas dit s'il a reçu le message pour {recipient} ; le même repart",
        en="mail: {server} has not said whether it has the mail for {recipient}; the same goes again",
    ),
    "post.no_answer.advice": Both(
        fr="Rien à faire, sinon ignorer un éventuel doublon. Si cela dure, un antivirus ou un pare-feu coupe l'envoi.",
        en="Nothing to do but to ignore a copy, should there be one. If it lasts, a virus scanner or a firewall cuts in.",
    ),
}
