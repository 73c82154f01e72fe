"""Small sets of words that tell what a line is, all languages together."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


#: Words of bars of share buttons.
NETWORKS = word_set(
    """facebook twitter x whatsapp linkedin telegram pinterest reddit email e-mail mail instagram
    messenger threads bluesky mastodon tumblr flipboard pocket copy link print share tweet sms
    youtube tiktok signal snapchat copier lien imprimer partager copia condividi stampa courriel
    rss pin google news teilen drucken compartir"""
)

#: Words of a line that says when a page was published.
DATE_WORDS = word_set(
    """published posted updated last first on at the by date modified edited created am pm a.m p.m
    gmt utc bst cet cest est edt pst pdt et mon monday tue tues tuesday wed wednesday thu thur
    thurs thursday fri friday sat saturday sun sunday ago hour hours hr hrs minute minutes min
    mins day days week weeks yesterday today just now of a m p and an h publié publiée mis mise
    jour à le la actualisé actualisée modifié modifiée paru parue créé il y heure heures jours
    semaine semaines hier aujourd'hui aujourd hui lundi mardi mercredi jeudi vendredi samedi
    dimanche depuis dernière pubblicato pubblicata aggiornato aggiornata modificato modificata
    modifica ultimo ultima aggiornamento alle ore ora fa giorni giorno minuti settimana ieri
    oggi lunedì martedì mercoledì giovedì venerdì sabato domenica del e di data creato
    veröffentlicht aktualisiert um uhr vor stunden tagen stand montag dienstag mittwoch
    donnerstag freitag samstag sonntag publicado publicada actualizado actualizada atualizado
    atualizada el las hace horas hs de às em há lunes martes miércoles jueves viernes sábado
    domingo"""
)

MONTHS = word_set(
    """january february march april may june july august september october november december jan
    feb mar apr jun jul aug sep sept oct nov dec janvier février mars avril mai juin juillet
    août septembre octobre novembre décembre janv févr avr juil déc gennaio febbraio marzo
    aprile maggio giugno luglio agosto settembre ottobre dicembre gen mag giu lug ago set ott
    dic januar februar märz juni juli oktober dezember enero febrero abril mayo junio julio
    septiembre octubre noviembre diciembre janeiro fevereiro março maio junho julho setembro
    outubro novembro dezembro"""
)

#: Verbs that begin a button, and what they act on: "Partager cet article sur …". One of each, and
#: no full stop, makes a line a button.
ACTIONS = word_set(
    """share save print email send copy gift listen watch read play view see follow join like
    download get install turn enable activate subscribe sign register log login create manage
    change accept reject leave post add write submit show hide load discover explore browse
    receive rate tweet pin jump partager partagez envoyer envoyez imprimer imprimez enregistrer
    enregistrez écouter écoutez regarder regardez lire lisez suivre suivez rejoindre rejoignez
    télécharger téléchargez ouvrir activer activez désactiver s'abonner abonnez-vous s'inscrire
    inscrivez-vous créer créez gérer gérez accepter refuser laisser laissez poster ajouter
    ajoutez écrire voir afficher signaler découvrir découvrez recevoir recevez soutenir soutenez
    noter notez je condividi condividere invia stampa salva ascolta guarda leggi segui seguici
    unisciti scarica apri attiva disattiva abbonati iscriviti registrati crea gestisci accetta
    rifiuta lascia pubblica aggiungi scrivi vedi mostra segnala scopri ricevi sostieni vota
    commenta teilen folgen abonnieren laden comparte compartir sigue descarga suscríbete
    compartilhe siga baixe"""
)
OBJECTS = word_set(
    """facebook twitter whatsapp linkedin telegram instagram youtube tiktok bluesky mastodon
    pinterest reddit flipboard newsletter newsletters cookies cookie notifications alerts app
    podcast podcasts article story stories post page update recipe comment comments link account
    preferences inbox l'article l'actualité commentaire commentaires lien compte préférences
    alertes l'appli l'application message publication recette actu articolo l'articolo ricetta
    commento commenti notifiche preferenze l'app aggiornamento artikel artículo artigo boletín"""
)

#: Words of a line that says how long the reading takes.
READING = word_set(
    """read reads reading lecture lire lettura leggere lesezeit lectura leitura listen listening
    écoute ascolto"""
)
MINUTES = word_set("min mins minute minutes minuti minuto minuten minutos")

#: Words that speak to the reader.
ADDRESS = word_set(
    """you your you're you've vous votre vos tu tua tuo tue tuoi ti ihr ihre sie te tus seu sua"""
)

#: Words that begin a request, besides `ACTIONS`.
REQUESTS = word_set("to pour per want for please veuillez our notre nos la nostra")

#: Words that tell relative dates: "3 hours ago", "il y a 2 heures", "2 ore fa".
AGO = word_set("ago fa hace vor há il")

#: Words that state a date as that of publication.
STATED = word_set(
    """published posted updated publié publiée pubblicato pubblicata aggiornato aggiornata
    veröffentlicht aktualisiert publicado actualizado atualizado"""
)
