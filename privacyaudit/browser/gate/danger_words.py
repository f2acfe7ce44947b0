"""Words by which an address says that it signs out, takes away, or shows or changes a secret: data only.

Source: the platforms' own addresses and those of common frameworks. All are in small letters and without accents; the
German ö is also written oe. What has a hyphen counts in one word too (`log-out`, `logout`).
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SIGNING_OUT = _words(
    "log-out log-off sign-out sign-off user-logout logout-all signout-all end-session session-end single-logout"
    " session-close sessions-close abmelden abmeldung ausloggen deconnexion deconnecter deconnecte deconnectez"
    " se-deconnecter me-deconnecter fermer-session uitloggen afmelden cerrar-sesion cierra-sesion finalizar-sesion"
    " desconectar desconectarse disconnetti disconnettiti disconnessione chiudi-sessione terminar-sessao"
    " encerrar-sessao wyloguj wylogowanie wyloguj-sie odhlasit odhlasenie odhlaseni kijelentkezes odjava deconectare"
    " deconecteaza-te logga-ut utloggning logg-ut log-ud log-af logud loggaut skra-ut utskra utskraning kirjaudu-ulos"
    " uloskirjautuminen allgofnodi allgofnodwch log-a-mach logail-amach tancar-sessio tanca-sessio pechar-sesion"
    " itxi-saioa saioa-itxi amaitu-saioa cikis-yap atsijungti logi-valja"
)
"""What only signs out."""

TAKING = _words(
    "delete deletion deactivate disable remove terminate revoke regenerate destroy purge"
    " erase wipe unlink unsubscribe deauthorize deauthorise deauth deregister unregister disconnect expire"
    " hibernate unfollow unfriend invalidate suspend"
)
"""What takes away, wherever it is a word of a path."""

TAKING_ABROAD = _words(
    "loeschen loschen loesche losche loeschung loschung entfernen deaktivieren kuendigen kundigen supprimer supprime"
    " supprimez suppression desactiver resilier verwijderen verwijder deactiveren opzeggen eliminar elimina eliminacion"
    " borrar desactivar excluir apagar desativar disattiva cancella usun usuniecie skasuj dezaktywuj radera slet slett"
    " fjern poista dileu dileuwch dadactifadu smazat odstranit torles sterge"
)
"""The same in the languages near by."""

PAIRS = SIGNING_OUT | _words(
    "turn-off close-account close-accounts account-close accounts-close close-session close-sessions"
    " backup-code backup-codes recovery-code recovery-codes download-codes reset-token reset-tokens change-password"
    " security-info set-private set-public keys-new new-key key-new tokens-new ta-bort cau-cyfrif konto-schliessen"
    " fermer-compte cerrar-cuenta encerrar-conta chiudi-account"
    " make-public make-private make-visible make-searchable set-visible set-visibility set-privacy set-audience"
    " change-visibility change-privacy change-audience update-visibility update-privacy update-audience go-public"
    " publish-profile publish-page publish-all share-publicly"
    " switch-account switch-accounts switch-user switch-users switch-profile account-switch accounts-switch user-switch"
    " users-switch login-as signin-as act-as become-user impersonate-user user-impersonate"
    " add-friend add-friends friend-add friends-add add-contact add-member follow-user follow-account follow-all"
)
"""Of these, the ones of two words stand one after the other, also in two parts of a path."""

WORDS = TAKING | TAKING_ABROAD | frozenset(["impersonate"]) | frozenset(pair.replace("-", "") for pair in PAIRS)

ALONE = _words(
    "exit quit block unblock accept reject approve vote reset close leave ban kick trash drop clear cancel kill forget"
    " toggle salir sair esci sortir sortie quitter gorffen ulos cikis beenden verlassen wyjdz wyjscie"
    " decline deny withdraw uninstall detach discard unshare unpublish untag unlike mute unmute"
    " add follow publish expose unset"
)
"""A danger where one is a whole part of a path, or the value of a name such as `action`."""

BEFORE = _words(
    "do user account accounts session my ajax cmd action perform wp special confirm force really please now is to x"
)
"""What may stand before the dangerous word in a value of a query."""

ACTIONS = _words("action act op cmd command do task operation")
"""Names of a query whose value says what is to be done."""

SETTING = _words("set update save change apply")
STATES = _words("on off true false yes no 0 1 enabled disabled")
"""A danger where one of the first ends a path, and a query gives something one of the states, or who may see it."""

NUMBERS = _words("v ver version p page step id t ts")
"""Names in a query whose value is a number and no state."""

WHO_SEES = _words("visibility privacy audience")
SEEN_BY = _words(
    "public private everyone everybody anyone world nobody noone me self onlyme friends followers contacts visible"
    " hidden unlisted protected open closed"
)
"""A name in a query that says who may see something, and what it is then set to."""

CHANGES = _words(
    "set unset update create add insert upsert remove delete toggle enable disable switch make publish unpublish expose"
    " follow unfollow block unblock mute unmute save submit send change accept reject approve decline deny join leave"
    " revoke reset cancel confirm mark restore register assign grant suspend activate deactivate impersonate unlink"
    " disconnect upload replace rename move share unshare invite clear close end kick ban report vote hide unhide"
)
"""With one of these begins the name of an operation in GraphQL that changes something."""

THINGS = _words("add follow block mute share invite report vote update set")
THINGS_ASKED = _words(
    "on ons list lists request requests suggestion suggestions recommendation recommendations count counts link links"
    " history feed info details"
)
"""Some of these are things too, if what they end with is what is asked about them."""

OUT_IN_OTHER_LETTERS = _words(
    "выход выйти разлогиниться вихід вийти изход излез одјава одјави выхад αποσύνδεση έξοδος خروج تسجيل-الخروج התנתק"
    " התנתקות יציאה 登出 退出 退出登录 退出登錄 注销 ログアウト サインアウト 로그아웃 ออกจากระบบ लॉगआउट"
)
TAKING_IN_OTHER_LETTERS = _words(
    "удалить удаление видалити видалення отключить деактивировать изтриване διαγραφή حذف מחיקה מחק 删除 刪除 停用 削除"
    " 삭제"
)
"""The same where nothing is written in the letters from a to z."""

_MEANS_MORE = _words("wipe")
"""What follows a thing in other words too: `photoswipe`."""

_NOUN = (
    r"accounts?|me|my|all|every(?:thing|one|where)?|tokens?|sessions?|friends?|friendships?|users?|members?"
    r"|memberships?|posts?|comments?|messages?|photos?|videos?|images?|pictures?|files?|albums?|groups?|profiles?"
    r"|data|devices?|apps?|applications?|(?:api)?keys?|passwords?|emails?|contacts?|followers?|following|connections?"
    r"|history|it|this|now|others?|[2m]fa|t?otp|codes?|subscriptions?|invites?|invitations?"
    r"|requests?|chats?|conversations?|notifications?|address(?:es)?|cards?|drafts?|documents?|domains?|items?|likes?"
    r"|konto|konta|compte|cuenta|conta|cyfrif|tili|profil"
)
_FIRST = r"do|please|ajax|api|cmd|action|perform|process|confirm|user|my|wp|special|force|soft|hard|bulk|mass"
_TAKES = "|".join(sorted(TAKING | TAKING_ABROAD))
_ACTS = r"close|cancel|kill|drop|clear|reset|forget|leave|block|unblock|kick|ban|accept|reject|approve|trash"
_ENDS = "|".join(sorted((TAKING - _MEANS_MORE) | TAKING_ABROAD | _words("close cancel reset")))

COMPOUND = re.compile(
    rf"(?:{_FIRST})*(?:(?:{_TAKES}|{_ACTS})(?:{_NOUN})+|end(?:{_NOUN})*sessions?|change(?:{_NOUN})*passwords?|(?:{_NOUN})+(?:{_ENDS})"
    rf"|(?:{_FIRST})(?:{_TAKES}|{_ACTS}))(?:v?[0-9]+)?"
)
"""What is to be done and to what, in one word from end to end: `removefriend`, `friendremove`, `doremove`."""

OUT = re.compile(
    r"(?:(?<!b)(?<!ana)(?<!cata)(?<!dia)log|(?<!as)(?<!con)(?<!de)(?<!re)sign)"
    r"(?:me|us|all|users?|every(?:one|body|where)|them)?(?:out|off)"
    r"(?!s$|ing|put|line|let|side|reach|look|come|ward|ice|er|set)"
)
"""Signing out, anywhere in a word, but not in `catalogoutput`, `designoffice` or `logouts`."""

AWAY = re.compile(
    rf"(?:delete|deactivate|revoke|unsubscribe)(?:(?!d|rs?$|s$|rious)|(?={_NOUN}))|deauthori[sz]e(?!d)"
    rf"|disconnect(?!ed|ing|ion|or|s$)"
)
"""Verbs that mean nothing else, anywhere in a word, but not in `deleted`."""
